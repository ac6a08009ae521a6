"""Blocks that a page's body is made of: no free HTML, headings in order, images with a text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

INLINE_FEATURES = ["bold", "italic", "link", "document-link"]
PARAGRAPH_FEATURES = [*INLINE_FEATURES, "ol", "ul", "hr"]


class HeadingBlock(blocks.StructBlock):
    """A heading below the page's own: second or third level."""

    text = blocks.CharBlock(label=_("Text"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Heading")), ("3", _("Subheading"))], default="2", required=True
    )

    class Meta:
        """How the block looks in the editor and on the page."""

        icon = "title"
        label = _("Heading")
        template = "schools/blocks/heading.html"


class ListBlock(blocks.StructBlock):
    """A list: bullets, numbers or ticks."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("bullets", _("Bullets")), ("numbers", _("Numbers")), ("ticks", _("Ticks"))],
        default="bullets",
    )
    items = blocks.ListBlock(blocks.RichTextBlock(features=INLINE_FEATURES, label=_("Item")), label=_("Items"))

    class Meta:
        """How the block looks in the editor and on the page."""

        icon = "list-ul"
        label = _("List")
        template = "schools/blocks/list.html"


class QuoteBlock(blocks.StructBlock):
    """A quotation, signed with a post: pages carry no names."""

    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(
        label=_("Signature"), required=False, max_length=200, help_text=_("A post or a document, not a person's name.")
    )

    class Meta:
        """How the block looks in the editor and on the page."""

        icon = "openquote"
        label = _("Quotation")
        template = "schools/blocks/quote.html"


class ImageBlock(blocks.StructBlock):
    """An image; what it shows is required."""

    image = ImageChooserBlock(label=_("Image"))
    alt_text = blocks.CharBlock(
        label=_("What the image shows"), max_length=250, help_text=_("Read aloud to those who do not see the image.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        """How the block looks in the editor and on the page."""

        icon = "image"
        label = _("Image")
        template = "schools/blocks/image.html"


class DocumentBlock(blocks.StructBlock):
    """A link to a document with its type and size."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Link text"), required=False, max_length=250)

    class Meta:
        """How the block looks in the editor and on the page."""

        icon = "doc-full"
        label = _("Document")
        template = "schools/blocks/document.html"


class CalloutBlock(blocks.StructBlock):
    """A short text that must not be missed."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    text = blocks.RichTextBlock(label=_("Text"), features=PARAGRAPH_FEATURES)

    class Meta:
        """How the block looks in the editor and on the page."""

        icon = "info-circle"
        label = _("Callout")
        template = "schools/blocks/callout.html"


class FigureBlock(blocks.StructBlock):
    """A number and what it counts."""

    value = blocks.CharBlock(label=_("Value"), max_length=20, help_text=_("With its unit: 24, 96 %."))
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)

    class Meta:
        """How the block looks in the editor."""

        icon = "order"
        label = _("Figure")


class FiguresBlock(blocks.StructBlock):
    """A row of figures, with the day they stand for."""

    figures = blocks.ListBlock(FigureBlock(), min_num=1, max_num=6, label=_("Figures"))
    note = blocks.CharBlock(label=_("Source and date"), required=False, max_length=200)

    class Meta:
        """How the block looks in the editor and on the page."""

        icon = "order"
        label = _("Figures")
        template = "schools/blocks/figures.html"


class BodyBlock(blocks.StreamBlock):
    """Everything that a body may hold."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"),
        icon="pilcrow",
        features=PARAGRAPH_FEATURES,
        template="schools/blocks/paragraph.html",
    )
    list = ListBlock()
    quote = QuoteBlock()
    image = ImageBlock()
    document = DocumentBlock()
    callout = CalloutBlock()
    figures = FiguresBlock()

    class Meta:
        """A body may be empty: the template says so in a friendly way."""

        required = False
