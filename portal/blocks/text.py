from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

GROUP = _("Text")


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        group = GROUP
        description = _("Opens a section of the page.")
        preview_value = _("How we train")
        template = "blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = GROUP
        description = _("Paragraphs, lists and links.")
        template = "blocks/text.html"
        features = ["bold", "italic", "link", "document-link", "ol", "ul", "h3"]

    def get_preview_value(self) -> RichText:
        words = gettext("We meet <b>twice a week</b>. Beginners are welcome, and shoes can be borrowed.")
        return RichText(f"<p>{words}</p>")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        group = GROUP
        description = _("What somebody said, set apart from the text.")
        preview_value = {"text": _("Nobody is late twice."), "source": _("The coach")}
        template = "blocks/quote.html"


class FactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("What"), max_length=80)
    value = blocks.CharBlock(label=_("Fact"), max_length=300)


class FactsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False)
    rows = blocks.ListBlock(FactBlock(), label=_("Facts"), min_num=1, max_num=20)

    class Meta:
        icon = "list-ul"
        label = _("Facts")
        group = GROUP
        description = _("Short facts beside each other: founded, members, colours.")
        template = "blocks/facts.html"

    def get_preview_value(self):
        rows = [(gettext("Founded"), "1921"), (gettext("Members"), "140")]
        return self.to_python({"rows": [{"name": name, "value": value} for name, value in rows]})


class CallToActionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=400)
    button = blocks.CharBlock(label=_("Words on the button"), max_length=40)
    page = blocks.PageChooserBlock(label=_("Page of yours it leads to"), required=False)
    url = blocks.URLBlock(
        label=_("Or an address it leads to"), required=False, help_text=_("Fill in one of the two.")
    )

    class Meta:
        icon = "pick"
        label = _("Call to action")
        group = GROUP
        description = _("One thing to do next, with a button.")
        template = "blocks/call_to_action.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and bool(cleaned["page"]) == bool(cleaned["url"]):
            said = ValidationError(gettext("Choose a page or write an address: one of the two."))
            raise blocks.StructBlockValidationError(block_errors={"url": said})
        return cleaned

    def get_preview_value(self):
        return self.to_python(
            {
                "heading": gettext("Come to a training session"),
                "text": gettext("The first one costs nothing."),
                "button": gettext("See when we train"),
                "url": "https://example.org/",
            }
        )
