"""The home page comes light and stands still: bytes, shifts, its largest element, scripts, and the map."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.images import ImageFile
from django.test import override_settings
from django.utils import timezone
from PIL import Image as Drawing
from playwright.sync_api import Page, Request, expect
from wagtail.images.models import Image

from exchange.enums import DayUse
from portal.actions.pages import publish_new_page
from portal.models import ArticlePage, HomePage, NewsIndexPage
from tests.factories import FixtureRequestFactory
from tests.portal.pictures import LEAVES_FILES

from .cast import Cast
from .conftest import PHONE
from .reader import Reader
from .running_portal import RunningPortal

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("journeys"),
    *LEAVES_FILES,
]

ReaderMaker = Callable[..., Reader]
NOW = timezone.now()
DEVICES = {
    "phone": PHONE | {"device_scale_factor": 2},
    "desk": {"viewport": {"width": 1440, "height": 900}},
}
#: Bytes over the wire: what words and looks need, and the same with the pictures on the screen.
LIGHT, WITH_PICTURES = 60_000, 200_000
#: What a map needs, by its address.
OF_MAPS = ("leaflet", "land.json", "places.json")
WATCH = """
window.seen = {shifts: [], largest: null};
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) seen.shifts.push([one.value, ...one.sources.map((source) =>
    source.node?.outerHTML?.slice(0, 120) ?? String(source.node?.textContent))]);
}).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver((list) => {
  const {element} = list.getEntries().at(-1);
  seen.largest = element && {tag: element.tagName, urgent: element.fetchPriority, late: element.loading,
    address: element.currentSrc ?? ''};
}).observe({type: 'largest-contentful-paint', buffered: true});
"""
BLOCKING = "script[src]:not([defer], [async], [type=module])"
OFF_SCREEN = "all => all.filter((one) => one.getBoundingClientRect().top > innerHeight).map((one) => one.alt)"
PRELOADED = "links => links.flatMap((link) => [link.href, ...link.imageSrcset.split(/[ ,]+/)])"


@dataclass(frozen=True, slots=True)
class Fetched:
    kind: str
    address: str
    bytes: int


@pytest.fixture
def home(cast: Cast, portal: RunningPortal) -> Iterator[None]:
    """With news, their pictures, a picture of its own, and a map of all universities."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    storages = settings.STORAGES | {"default": kept}
    with override_settings(STORAGES=storages, MEDIA_ROOT=portal.folder / "media"):
        page = HomePage.objects.order_by("pk").first()
        harbour = {"image": photograph("harbour").pk, "alt_text": "Boats", "decorative": False}
        blocks = {"picture": {"image": harbour, "caption": ""}, "map": {"heading": "", "whose": "everywhere"}}
        page.body = json.dumps([{"type": name, "value": value} for name, value in blocks.items()])
        page.save_revision().publish()
        news = publish_new_page(page=NewsIndexPage(title="News", slug="news"), parent=page, now=NOW)
        for number in range(3):
            article = ArticlePage(title=f"Won {number}", slug=f"won-{number}", lead="By a length. " * 8)
            article.picture, article.picture_decorative = photograph(f"boat-{number}"), True
            publish_new_page(page=article, parent=news, now=NOW)
        for side in (cast.host, cast.guest):
            FixtureRequestFactory(season=cast.season, team=side.team, days={cast.day: DayUse.BOTH})
        yield


def photograph(name: str) -> Image:
    """As hard to squeeze as one: soft shapes, and grain on them."""
    shapes = Drawing.effect_noise((32, 20), 90).resize((1600, 1000), Drawing.Resampling.BICUBIC)
    drawn = Drawing.blend(shapes, Drawing.effect_noise((1600, 1000), 40), 0.15)
    file = BytesIO()
    drawn.convert("RGB").save(file, "JPEG", quality=90)
    return Image.objects.create(title=name, file=ImageFile(file, name=f"{name}.jpg"))


@pytest.mark.parametrize("device", DEVICES.values(), ids=DEVICES)
def test_the_home_page_is_light_and_stands_still(
    reader: ReaderMaker, home: None, device: dict[str, object]
) -> None:
    page = reader(**device).page
    page.add_init_script(WATCH)
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto("/en/", wait_until="networkidle")
    fetched = weighed(requests)
    words = [one for one in fetched if one.kind != "image"]
    assert sum(one.bytes for one in words) <= LIGHT, words
    assert sum(one.bytes for one in fetched) <= WITH_PICTURES, fetched
    assert not [one.address for one in fetched if is_of_maps(one.address)]
    assert page.locator(BLOCKING).count() == 0
    largest = page.evaluate("seen.largest")
    assert largest is not None
    if largest["tag"] == "IMG":
        preloaded = page.locator("link[rel=preload][as=image]").evaluate_all(PRELOADED)
        assert largest["urgent"] == "high" or largest["address"] in preloaded, largest
    assert page.locator("img[fetchpriority=high]").evaluate_all(OFF_SCREEN) == []
    read_to_the_end(page)
    assert page.evaluate("seen.shifts") == []


@pytest.mark.parametrize("device", DEVICES.values(), ids=DEVICES)
def test_a_map_is_fetched_when_one_comes_to_it(
    reader: ReaderMaker, home: None, device: dict[str, object]
) -> None:
    page = reader(**device).page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/en/", wait_until="networkidle")
    assert not [address for address in asked if is_of_maps(address)]
    page.locator("[data-map]").scroll_into_view_if_needed()
    expect(page.locator("[data-ready]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    came = {part for part in OF_MAPS for address in asked if part in address}
    assert came >= {"leaflet", "land.json"}


def is_of_maps(address: str) -> bool:
    return any(part in address for part in OF_MAPS)


def weighed(requests: list[Request]) -> list[Fetched]:
    """Text by gzip, as a web server in front sends it; the one of the tests squeezes nothing."""
    return [Fetched(one.resource_type, one.url, size(one)) for one in requests]


def size(request: Request) -> int:
    answer = request.response()
    # A redirect has no body.
    if answer is None or not answer.ok:
        return 0
    body = answer.body()
    return len(body if request.resource_type in ("image", "font") else gzip.compress(body, 6))


def read_to_the_end(page: Page) -> None:
    """Screen by screen; what comes late would push what is being read."""
    height = page.viewport_size["height"]
    for top in range(0, page.evaluate("document.documentElement.scrollHeight"), height // 2):
        page.evaluate("top => scrollTo({top, behavior: 'instant'})", top)
        page.wait_for_timeout(150)
    page.wait_for_load_state("networkidle")
