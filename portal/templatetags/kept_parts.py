"""Parts of a page that all its readers see alike: docs/explanation/caching.md."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.translation import get_language

from portal.page_cache import kept_until_touched

register = template.Library()


class KeptPart(template.Node):
    def __init__(self, nodelist: NodeList, marks: list[FilterExpression]) -> None:
        self.nodelist, self.marks = nodelist, marks

    def render(self, context: template.Context) -> str:
        request = context.get("request")
        # A draft in preview is seen by its editor alone.
        if request is None or getattr(request, "is_preview", False):
            return self.nodelist.render(context)
        marks = [mark.resolve(context) for mark in self.marks]
        # Addresses in a part may name the host.
        name = "\n".join(map(str, (request.scheme, request.get_host(), get_language(), *marks)))
        return kept_until_touched(name, lambda: str(self.nodelist.render(context)))


@register.tag
def kept(parser: Parser, token: Token) -> KeptPart:
    """`{% kept "name" mark … %}…{% endkept %}`: drawn once for the marks, until anything at all is touched.

    What stands inside may depend on the marks, the language and the day, on nothing else: not on who reads,
    not on the rest of the address.
    """
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    marks = [parser.compile_filter(mark) for mark in token.split_contents()[1:]]
    if not marks:
        raise template.TemplateSyntaxError('A kept part has a name: {% kept "name" … %}')
    return KeptPart(nodelist, marks)
