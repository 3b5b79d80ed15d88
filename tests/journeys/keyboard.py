"""Somebody without a mouse: walks with Tab, and looks whether the place they are at can be seen."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

#: Of one element in a row: a date has a stop for its day, month, year and the calendar.
MOST_STOPS = 5
#: A page with a year of days has about as many.
MOST_STEPS = 450

#: Where the focus is, whether it has moved on, and whether it looks otherwise than without focus. A link may
#: hand its ring to its whole card.
LOOKS = """() => {
  const ring = (one) => ['', '::before', '::after'].map((part) => {
    const {outlineStyle, outlineWidth, outlineColor, boxShadow, opacity} = getComputedStyle(one, part);
    return [outlineStyle, outlineWidth, outlineColor, boxShadow, opacity].join(' ');
  }).join('|');
  const one = document.activeElement;
  if (one === document.body) return null;
  const stays = window.lastStop === one, shown = one.checkVisibility({opacityProperty: true});
  const focused = ring(one);
  window.lastStop = one;
  one.blur();
  const quiet = ring(one);
  one.focus({preventScroll: true, focusVisible: true});
  return {stays, shown, ringed: focused !== quiet, what: one.outerHTML.slice(0, 120)};
}"""


@dataclass
class Keyboard:
    page: Page

    def to(self, there: Locator) -> None:
        """Tab until `there` is reached, however far that is."""
        for _step in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            if there.evaluate("one => one === document.activeElement"):
                self.is_seen()
                return
        raise AssertionError(f"no Tab leads to {there} on {self.page.url}")

    def press(self, there: Locator, key: str = "Enter") -> None:
        self.to(there)
        self.page.keyboard.press(key)

    def write(self, there: Locator, words: str) -> None:
        self.to(there)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def is_seen(self) -> dict[str, object] | None:
        """None where nothing has the focus."""
        stop = self.page.evaluate(LOOKS)
        if stop is not None:
            assert stop["shown"], f"focus is on something that is not shown: {stop['what']}"
            assert stop["ringed"], f"the focus is not to be seen on {stop['what']}"
        return stop

    def walks_through(self) -> int:
        """From the top to the end of the page; every stop is seen, none holds on to the focus."""
        stays = 0
        for stops in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            stop = self.is_seen()
            if stop is None:
                return stops
            stays = stays + 1 if stop["stays"] else 0
            assert stays < MOST_STOPS, f"no Tab leads on from {stop['what']}"
        raise AssertionError(f"{self.page.url} has no end")
