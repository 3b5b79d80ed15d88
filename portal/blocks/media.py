from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from portal.videos import PROVIDERS, provider_of

GROUP = _("Pictures, films, files")


class PictureBlock(blocks.StructBlock):
    """ImageBlock asks for an alternative text or for the mark that the picture is decorative."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        group = GROUP
        description = _("One picture, as wide as the text.")
        preview_template = "blocks/previews/picture.html"
        template = "blocks/picture.html"


class GalleryPictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)


class GalleryBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False)
    pictures = blocks.ListBlock(GalleryPictureBlock(), label=_("Pictures"), min_num=2, max_num=24)

    class Meta:
        icon = "grid"
        label = _("Gallery")
        group = GROUP
        description = _("Several pictures, cut to one size around their focal point; each opens whole.")
        preview_template = "blocks/previews/gallery.html"
        template = "blocks/gallery.html"


class VideoBlock(blocks.StructBlock):
    url = blocks.URLBlock(
        label=_("Address of the video"), help_text=_("On YouTube, Vimeo, VK Video or Rutube.")
    )
    title = blocks.CharBlock(label=_("What it shows"), max_length=120)
    poster = ImageBlock(
        label=_("Still picture"),
        required=False,
        help_text=_("Of your own pictures: nothing is fetched from the video's site."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        group = GROUP
        description = _("A card that leads to a video. Nothing is loaded from its site before the click.")
        preview_value = {"url": "https://vimeo.com/1", "title": _("Our season in two minutes")}
        template = "blocks/video.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["url"] and not provider_of(cleaned["url"]):
            said = gettext("Videos may be on %(sites)s. Write the address as https://…") % {
                "sites": ", ".join(dict.fromkeys(PROVIDERS.values()))
            }
            raise blocks.StructBlockValidationError(block_errors={"url": ValidationError(said)})
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["provider"] = provider_of(value["url"] or "")
        return context


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=200, help_text=_("Leave empty for that of the document.")
    )


class DocumentsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False)
    documents = blocks.ListBlock(DocumentBlock(), label=_("Documents"), min_num=1, max_num=30)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        group = GROUP
        description = _("Files to download, with their kind and size.")
        preview_template = "blocks/previews/documents.html"
        template = "blocks/documents.html"
