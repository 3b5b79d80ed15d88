"""Redis as a cache that may be away: pages come slower then, and all of them come."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any, ClassVar

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property

log = logging.getLogger(__name__)

#: Seconds for which a Redis that failed is left alone, else one that swallows packets holds each call up.
PAUSE = 5.0


class ForgivingClient(RedisCacheClient):
    """Whatever Redis cannot answer is a miss, and what it cannot keep is forgotten.

    Rate limits live in the cache as well: while it is away there are none.
    """

    #: By the servers' addresses, until when they are left alone. Shared: each thread has a client of its own.
    _away_until: ClassVar[dict[tuple[str, ...], float]] = {}

    def _ask(self, ask: Callable[..., Any], *arguments: Any, otherwise: Any) -> Any:
        servers = tuple(self._servers)
        if monotonic() < self._away_until.get(servers, 0):
            return otherwise
        try:
            answer = ask(*arguments)
        except redis.RedisError as fault:
            if servers not in self._away_until:
                log.warning("the cache is away, the portal does without it: %s", fault)
            self._away_until[servers] = monotonic() + PAUSE
            return otherwise
        if self._away_until.pop(servers, None):
            log.warning("the cache is back")
        return answer

    @cached_property
    def _ready(self) -> dict[int, redis.Redis]:
        """By pool: building one costs as much as asking it."""
        return {}

    def get_client(self, key: str | None = None, *, write: bool = False) -> redis.Redis:
        pool = self._get_connection_pool(write)
        if id(pool) not in self._ready:
            self._ready[id(pool)] = self._client(connection_pool=pool)
        return self._ready[id(pool)]

    def get(self, key: str, default: Any) -> Any:
        return self._ask(super().get, key, default, otherwise=default)

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        return self._ask(super().get_many, keys, otherwise={})

    def has_key(self, key: str) -> bool:
        return self._ask(super().has_key, key, otherwise=False)

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        # Who takes a lock by adding a key would else wait for it for ever.
        return self._ask(super().add, key, value, timeout, otherwise=True)

    def incr(self, key: str, delta: int) -> int:
        # As if counted from nothing, since `add` has just claimed that the key is there.
        return self._ask(super().incr, key, delta, otherwise=delta)

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        self._ask(super().set, key, value, timeout, otherwise=None)

    def set_many(self, data: dict[str, Any], timeout: int | None) -> None:
        self._ask(super().set_many, data, timeout, otherwise=None)

    def touch(self, key: str, timeout: int | None) -> bool:
        return self._ask(super().touch, key, timeout, otherwise=False)

    def delete(self, key: str) -> bool:
        return self._ask(super().delete, key, otherwise=False)

    def delete_many(self, keys: Iterable[str]) -> None:
        self._ask(super().delete_many, keys, otherwise=None)

    def clear(self) -> bool:
        return self._ask(super().clear, otherwise=False)


class ForgivingCache(RedisCache):
    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
