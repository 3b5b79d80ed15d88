"""The page on kinds of notices names the kinds there are, as they are."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from portal.notices import choosable_kinds, sent_always

PAGE = Path(settings.BASE_DIR, "docs/reference/notices.md")


def test_the_page_on_notices_lists_what_is_registered():
    rows = re.findall(r"^\| `([a-z_]+)` \| (.+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    always = [(kind.name, str(kind.help), "always") for kind in sent_always()]
    chosen = [(kind.name, str(kind.help), str(kind.default.label).lower()) for kind in choosable_kinds()]
    assert rows
    assert sorted(rows) == sorted(always + chosen)
