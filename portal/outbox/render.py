from __future__ import annotations

import re

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from portal.languages import reads


def render_mail(template: str, context: dict[str, object], language: str) -> tuple[str, str, str]:
    """Subject, text and HTML from templates/emails/<template>.subject.txt, .txt and .html in `language`.

    The first two are plain text: nothing in them is escaped. Each template finds `base_url`, to put
    before every path, and `site_name`.
    """
    facts = {
        "base_url": settings.BASE_URL,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "language": language,
    } | context
    with translation.override(language), reads(language):
        subject = _render_text(f"emails/{template}.subject.txt", facts)
        text = _render_text(f"emails/{template}.txt", facts)
        html = get_template(f"emails/{template}.html").render(facts)
    return " ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html


def _render_text(name: str, facts: dict[str, object]) -> str:
    return get_template(name).template.render(Context(facts, autoescape=False))
