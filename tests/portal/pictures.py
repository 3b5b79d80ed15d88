"""Pictures for tests, and what their files leave behind."""

from __future__ import annotations

import pytest
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file_jpeg

#: Wagtail leaves the files of pictures to the collector.
LEAVES_FILES = [
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def picture(title: str = "boat", size: tuple[int, int] = (1400, 900)) -> Image:
    return Image.objects.create(
        title=title, file=get_test_image_file_jpeg(filename=f"{title}.jpg", size=size)
    )
