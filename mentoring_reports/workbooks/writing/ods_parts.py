"""The parts of an OpenDocument spreadsheet around its rows: formats, page, manifest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from xml.sax.saxutils import quoteattr

from .styles import FONT, GROUP

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
        ("manifest", "manifest"),
    )
)
OF = 'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'  # of formulas
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
CENTIMETRES = 0.21  # of a character
MANIFEST = f"""{DECLARATION}<manifest:manifest {NAMES} manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
PAGE = f"""{DECLARATION}<office:document-styles {NAMES} office:version="1.2">
<office:styles><style:default-style style:family="table-cell"><style:text-properties
 fo:font-family="{FONT["font_name"]}" fo:font-size="{FONT["font_size"]}pt"/></style:default-style></office:styles>
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="29.7cm"
 fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1cm" style:scale-to-X="1"/></style:page-layout>
</office:automatic-styles><office:master-styles><style:master-page style:name="Default"
 style:page-layout-name="page"/></office:master-styles></office:document-styles>"""
LOOKS = {
    "header": (f'fo:background-color="{GROUP}" fo:border="0.5pt solid #808080" fo:wrap-option="wrap"', True),
    "heading": ("", True),
    "label": ("", True),
    "note": ("", False),
    "line": ("", False),
    "text": ('fo:wrap-option="wrap" style:vertical-align="top"', False),
    "missing": ("", False),
}
DATE = (
    '<number:date-style style:name="n-date"><number:day number:style="long"/><number:text>.</number:text>'
    '<number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/>'
    "</number:date-style>"
)


def parts(title: str, rows: Sequence[str], widths: Sequence[float], used: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the parts of the file by their names."""
    yield "mimetype", MIMETYPE
    yield "META-INF/manifest.xml", MANIFEST
    yield "styles.xml", PAGE
    yield "content.xml", _content(title, rows, widths, used)


def _content(title: str, rows: Sequence[str], widths: Sequence[float], used: Collection[str]) -> str:
    columns = "".join(f'<table:table-column table:style-name="c{place}"/>' for place in range(len(widths)))
    sizes = "".join(
        f'<style:style style:name="c{place}" style:family="table-column"><style:table-column-properties'
        f' style:column-width="{width * CENTIMETRES:.2f}cm"/></style:style>'
        for place, width in enumerate(widths)
    )
    looks = "".join(f"{_format(style)}{_style(style)}" for style in sorted(used))
    return (
        f'{DECLARATION}<office:document-content {NAMES} {OF} office:version="1.2">'
        f"<office:automatic-styles>{sizes}{looks}</office:automatic-styles>"
        f"<office:body><office:spreadsheet><table:table table:name={quoteattr(title)}>"
        f"{columns}{''.join(rows)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )


def _style(style: str) -> str:
    properties, bold = LOOKS.get(style, ('fo:border="0.5pt solid #c0c0c0"', False))
    data = f' style:data-style-name="n-{style}"' if _format(style) else ""
    weight = '<style:text-properties fo:font-weight="bold"/>' if bold else ""
    return (
        f'<style:style style:name="{style}" style:family="table-cell"{data}>'
        f"<style:table-cell-properties {properties}/>{weight}</style:style>"
    )


def _format(style: str) -> str:
    """Return how numbers of a style (`number1`, `percent0`) are written."""
    kind, digits = style.rstrip("0123456789"), style[-1]
    if style == "date":
        return DATE
    if not digits.isdecimal():
        return ""
    number = f'<number:number number:decimal-places="{digits}" number:min-integer-digits="1" number:grouping="true"/>'
    if kind == "percent":
        return (
            f'<number:percentage-style style:name="n-{style}">{number}<number:text> %</number:text>'
            "</number:percentage-style>"
        )
    return f'<number:number-style style:name="n-{style}">{number}</number:number-style>'
