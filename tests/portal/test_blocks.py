"""What coordinators may put on pages, and what visitors see of it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from wagtail.blocks import StreamValue
from wagtail.documents.models import Document
from wagtail.images.models import Image

from portal.actions.pages import publish_new_page
from portal.actions.universities import join_university
from portal.blocks import BodyBlock
from portal.models import StandardPage, UniversityPage
from tests.factories import UniversityFactory

from .pictures import LEAVES_FILES, picture

pytestmark = [pytest.mark.django_db, *LEAVES_FILES]

NOW = timezone.now()
BODY = BodyBlock()


@pytest.fixture
def minsk(db: None) -> UniversityPage:
    return join_university(university=UniversityFactory(name="University of Minsk", slug="minsk"), now=NOW)


def of_image(image: Image, alt: str = "A boat", *, decorative: bool = False) -> dict[str, object]:
    return {"image": image.pk, "alt_text": alt, "decorative": decorative}


def body(*blocks: tuple[str, object]) -> StreamValue:
    return BODY.to_python([{"type": name, "value": value} for name, value in blocks])


def shown(client: Client, parent: UniversityPage, *blocks: tuple[str, object]) -> str:
    page = StandardPage(title="Training", slug="training", body=body(*blocks))
    publish_new_page(page=page, parent=parent, now=NOW)
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def refused(name: str, value: dict[str, object]) -> bool:
    try:
        BODY.clean(body((name, value)))
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("name", list(BODY.child_blocks))
def test_every_block_has_an_icon_a_group_a_description_and_a_template_of_its_name(name: str):
    block = BODY.child_blocks[name]
    assert block.meta.icon != "placeholder"
    assert block.meta.group
    assert str(block.get_description())
    assert block.meta.template == f"blocks/{name}.html"
    assert block.is_previewable


@pytest.mark.parametrize("name", list(BODY.child_blocks))
def test_every_block_has_a_preview(coordinator: Client, name: str):
    block = BODY.child_blocks[name]
    response = coordinator.get(f"/cms/block-preview/?id={block.definition_prefix}")
    assert response.status_code == 200
    assert "portal/css/blocks.css" in response.content.decode()


def test_facts_people_and_a_call_to_action_are_drawn(client: Client, minsk: UniversityPage):
    nobody = {"image": None, "alt_text": "", "decorative": False}
    person = {"name": "Anna", "role": "Coach", "text": "Since 2009.", "picture": nobody}
    page = shown(
        client,
        minsk,
        ("facts", {"heading": "", "rows": [{"name": "Founded", "value": "1921 <b>"}]}),
        ("people", {"heading": "Who trains you", "people": [person]}),
        ("call_to_action", {"heading": "Come", "text": "", "button": "Join", "url": "https://example.org/x"}),
    )
    for part in (
        "<dt>Founded</dt><dd>1921 &lt;b&gt;</dd>",
        "<h2>Who trains you</h2>",
        '<p class="person-name">Anna</p>',
        '<a class="button" href="https://example.org/x">Join</a>',
    ):
        assert part in page


def test_a_timetable_goes_by_day_and_hour(client: Client, minsk: UniversityPage):
    rows = [("6", "10:00", "Last"), ("1", "19:30", "Second"), ("1", "08:00", "First")]
    value = [{"day": day, "starts": at, "ends": None, "what": what, "where": ""} for day, at, what in rows]
    page = shown(client, minsk, ("timetable", {"heading": "", "rows": value}))
    assert page.index("First") < page.index("Second") < page.index("Last")
    assert '<th scope="row">Saturday</th>' in page


def test_a_row_that_ends_before_it_starts_is_refused():
    row = {"day": "1", "starts": "19:30", "ends": "19:00", "what": "Training", "where": ""}
    assert refused("timetable", {"heading": "", "rows": [row]})
    assert not refused("timetable", {"heading": "", "rows": [row | {"ends": "20:00"}]})


def test_a_button_leads_to_one_place(minsk: UniversityPage):
    value = {"heading": "Come", "text": "", "button": "Join", "page": None, "url": ""}
    assert refused("call_to_action", value)
    assert refused("call_to_action", value | {"page": minsk.pk, "url": "https://example.org/"})
    assert not refused("call_to_action", value | {"page": minsk.pk})


def test_a_button_to_a_page_that_is_not_live_is_not_drawn(client: Client, minsk: UniversityPage):
    draft = StandardPage(title="Secret plans", slug="plans", live=False)
    minsk.add_child(instance=draft)
    page = shown(
        client,
        minsk,
        ("call_to_action", {"heading": "Come", "text": "", "button": "Join", "page": draft.pk, "url": ""}),
    )
    assert ">Join<" not in page
    assert "plans" not in page


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://www.youtube.com/watch?v=abc", True),
        ("https://youtu.be/abc", True),
        ("https://vimeo.com/1", True),
        ("https://vkvideo.ru/video-1_2", True),
        ("https://rutube.ru/video/abc/", True),
        ("http://vimeo.com/1", False),
        ("https://vimeo.com.example.org/1", False),
        ("https://vimeo.com@example.org/1", False),
        ("https://example.org/?https://vimeo.com/1", False),
        ("https://vimeo.com/", False),
    ],
)
def test_videos_are_of_four_sites(url: str, allowed: bool):
    nothing = {"image": None, "alt_text": "", "decorative": False}
    assert refused("video", {"url": url, "title": "Finals", "poster": nothing}) is not allowed


def test_a_video_is_a_link_and_loads_nothing(client: Client, minsk: UniversityPage):
    value = {"url": "https://vimeo.com/1", "title": "Finals", "poster": of_image(picture())}
    page = shown(client, minsk, ("video", value))
    assert 'href="https://vimeo.com/1" rel="noreferrer"' in page
    assert "Plays on Vimeo" in page
    assert "<iframe" not in page
    assert page.count("vimeo.com") == 1


def test_documents_say_what_kind_and_how_large(client: Client, minsk: UniversityPage):
    document = Document.objects.create(
        title="Rules", file=ContentFile(b"x" * 2048, name="rules.txt"), file_size=2048
    )
    rows = [{"document": document.pk, "title": "Rules of the hall"}]
    page = shown(client, minsk, ("documents", {"heading": "", "documents": rows}))
    assert f'href="{document.url}"' in page
    assert "Rules of the hall" in page
    assert escape("TXT, 2.0\xa0KB") in page


def test_a_picture_needs_words_or_the_mark_that_it_decorates():
    image = picture()
    assert refused("picture", {"image": of_image(image, ""), "caption": ""})
    assert not refused("picture", {"image": of_image(image, "", decorative=True), "caption": ""})
    assert not refused("picture", {"image": of_image(image), "caption": ""})


def test_pictures_come_in_three_formats_and_sizes_with_width_and_height(
    client: Client, minsk: UniversityPage
):
    image = picture()
    page = shown(client, minsk, *[("picture", {"image": of_image(image), "caption": ""})] * 2)
    first, second = page.split('<figure class="picture">')[1:]
    for one in (first, second):
        for part in (
            'type="image/avif"',
            'type="image/webp"',
            "1280w",
            'width="480"',
            'height="',
            'alt="A boat"',
        ):
            assert part in one
    # The one that opens the page is what people wait for.
    assert 'fetchpriority="high"' in first
    assert 'loading="lazy"' not in first
    assert 'loading="lazy"' in second


def test_a_gallery_is_cut_around_the_focal_point(client: Client, minsk: UniversityPage):
    image = picture()
    image.focal_point_x, image.focal_point_y = 50, 50
    image.focal_point_width = image.focal_point_height = 20
    image.save()
    one = {"image": of_image(image), "caption": "Ours"}
    page = shown(client, minsk, ("gallery", {"heading": "", "pictures": [one, one]}))
    assert page.count("<figcaption>Ours</figcaption>") == 2
    cuts = image.renditions.filter(filter_spec__contains="fill-").exclude(
        filter_spec__contains="fill-1200x630"
    )
    assert cuts.count() == 6
    assert all(cut.focal_point_key for cut in cuts)


def test_a_body_costs_the_same_with_2_and_with_20_pictures(client: Client, minsk: UniversityPage):
    costs = []
    for count in (2, 20):
        pictures = [{"image": of_image(picture(f"p{count}-{n}")), "caption": ""} for n in range(count)]
        value = body(("gallery", {"heading": "", "pictures": pictures}))
        page = StandardPage(title="Gallery", slug=f"gallery-{count}", body=value)
        publish_new_page(page=page, parent=minsk, now=NOW)
        client.get(page.url)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(page.url)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_the_icons_of_blocks_are_wagtails(coordinator: Client):
    drawn = coordinator.get("/cms/sprite/").content.decode()
    for name, block in BODY.child_blocks.items():
        assert f'id="icon-{block.meta.icon}"' in drawn, name
