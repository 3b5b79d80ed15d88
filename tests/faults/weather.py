"""The storm: what is killed, terminated and emptied while mail is written and sent."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from .scene import Redis, Scene, Service, children_of, kill

#: Seconds between two killed workers.
KILLS = 2.0
#: Every so many kills take a whole worker with its pool; the others one process of a pool.
WHOLE = 5
#: Seconds between two terminations of all database connections.
TERMINATIONS = 5.0
#: Seconds that a killed Redis stays away.
AWAY = 1.0
#: When Redis is killed and emptied, as parts of the storm.
REDIS_KILLED, REDIS_EMPTIED = (0.3, 0.7), 0.5


@dataclass(slots=True)
class Storm:
    """Call `blow` until all mail is written; from the main thread, with which its children end."""

    seconds: float
    scene: Scene
    redis: Redis
    workers: list[Service]
    terminate_connections: Callable[[], int] = lambda: 0
    done: Counter[str] = field(default_factory=Counter)
    _agenda: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    #: When what happens again and again is due next, by its interval.
    _due: dict[float, float] = field(default_factory=dict)
    _began: float = 0
    _random: random.Random = field(default_factory=lambda: random.Random(4))

    def begin(self) -> None:
        self._began = time.monotonic()
        self._agenda = sorted(self._plan(), key=lambda entry: entry[0])

    @property
    def passed(self) -> float:
        """From 0 to 1 and beyond."""
        return (time.monotonic() - self._began) / self.seconds

    def blow(self) -> None:
        """Does what is due, and starts again what has ended."""
        while self._agenda and self._agenda[0][0] <= time.monotonic() - self._began:
            self._agenda.pop(0)[1]()
        for act, every in ((self._kill_worker, KILLS), (self._terminate, TERMINATIONS)):
            if time.monotonic() >= self._due.setdefault(every, self._began + every):
                self._due[every] = time.monotonic() + every
                act()
        self.scene.tend()

    def _plan(self) -> list[tuple[float, Callable[[], None]]]:
        plan: list[tuple[float, Callable[[], None]]] = []
        for part in REDIS_KILLED:
            plan += [
                (part * self.seconds, self._kill_redis),
                (part * self.seconds + AWAY, self._restart_redis),
            ]
        return [*plan, (REDIS_EMPTIED * self.seconds, self._empty_redis)]

    def _kill_worker(self) -> None:
        """One of those that work: a worker that is still starting would never come to anything."""
        pools = {place: children_of(worker.process.pid) for place, worker in enumerate(self.workers)}
        places = [place for place, pool in pools.items() if pool]
        if not places:
            return
        victim = self._random.choice(places)
        self.done["workers killed"] += 1
        if self.done["workers killed"] % WHOLE:
            kill(self._random.choice(pools[victim]))
            return
        self.done["of them whole"] += 1
        self.workers[victim].kill()

    def _terminate(self) -> None:
        self.done["database connections terminated"] += self.terminate_connections()

    def _kill_redis(self) -> None:
        self.redis.kill()
        self.done["Redis killed"] += 1

    def _restart_redis(self) -> None:
        self.redis.start()

    def _empty_redis(self) -> None:
        self.redis.empty()
        self.done["Redis emptied"] += 1

    def told(self) -> str:
        by_themselves = (
            sum(service.starts - 1 for service in self.scene.services) - self.done["of them whole"]
        )
        told = [f"{name} {count}" for name, count in self.done.items()]
        return ", ".join([*told, f"services that ended by themselves {by_themselves}"])
