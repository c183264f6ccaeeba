"""OpenDocument texts made by hand, as LibreOffice writes them."""

from __future__ import annotations

from tests.importers.docx_maker import zipped

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = (
    "".join(f' xmlns:{name}="{_URN}{name}:1.0"' for name in ("office", "text", "table", "style", "meta"))
    + f' xmlns:fo="{_URN}xsl-fo-compatible:1.0" xmlns:draw="{_URN}drawing:1.0" xmlns:svg="{_URN}svg-compatible:1.0"'
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    + ' xmlns:math="http://www.w3.org/1998/Math/MathML"'
)
STYLES = """
<style:default-style style:family="paragraph"><style:text-properties fo:language="en" fo:country="GB"/></style:default-style>
<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Subtitle" style:family="paragraph"/>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph" style:default-outline-level="2"/>
<style:style style:name="Quotations" style:family="paragraph"/>
<style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph"/>
<style:style style:name="Caption" style:family="paragraph"/>
<style:style style:name="Figure" style:family="paragraph" style:parent-style-name="Caption"/>
<style:style style:name="Table_20_Heading" style:display-name="Table Heading" style:family="paragraph"/>
<style:style style:name="Horizontal_20_Line" style:display-name="Horizontal Line" style:family="paragraph">
<style:paragraph-properties fo:border-bottom="1pt solid #000000"/></style:style>
<style:style style:name="Strong_20_Emphasis" style:display-name="Strong Emphasis" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Source_20_Text" style:display-name="Source Text" style:family="text"/>
"""
AUTOMATIC = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Text_20_body"><style:text-properties fo:language="de" fo:country="AT"/></style:style>
<style:style style:name="P3" style:family="paragraph" style:parent-style-name="Text_20_body"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties style:text-position="sub 58%"/></style:style>
<style:style style:name="T4" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="T5" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/>
<text:list-level-style-number text:level="2" style:num-suffix=")" style:num-format="1" text:display-levels="2"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/></text:list-style>
"""


def p(content: str, style: str = "Text_20_body") -> str:
    """A paragraph of XML."""
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def h(content: str, level: int = 1) -> str:
    """A heading."""
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{content}</text:h>'


def items(*contents: str, style: str = "", attributes: str = "") -> str:
    """A list of items of XML."""
    named = f' text:style-name="{style}"' if style else ""
    inner = "".join(f"<text:list-item>{content}</text:list-item>" for content in contents)
    return f"<text:list{named} {attributes}>{inner}</text:list>"


def note(label: str, content: str, kind: str = "footnote") -> str:
    """A note in a paragraph."""
    return (
        f'<text:note text:id="n{label}" text:note-class="{kind}"><text:note-citation>{label}</text:note-citation>'
        f"<text:note-body>{p(content)}</text:note-body></text:note>"
    )


def table(*rows: str) -> str:
    """A table of rows of XML."""
    return f'<table:table table:name="T">{"".join(rows)}</table:table>'


def row(*cells: str) -> str:
    """A row of cells: paragraphs, or whole cells."""
    return (
        "<table:table-row>"
        + "".join(
            cell if cell.startswith("<table:") else f"<table:table-cell>{cell}</table:table-cell>"
            for cell in cells
        )
        + "</table:table-row>"
    )


def odt(
    body: str,
    *,
    meta: str = "",
    automatic: str = AUTOMATIC,
    flat: bool = False,
    files: dict[str, bytes] | None = None,
) -> bytes:
    """An OpenDocument text, packed or flat."""
    text = f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
    styles = f"<office:styles>{STYLES}</office:styles>"
    said = f"<office:meta>{meta}</office:meta>"
    if flat:
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document{NAMES}>{said}{styles}{text}</office:document>'.encode()
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content{NAMES}>{text}</office:document-content>".encode(),
            "styles.xml": f"<office:document-styles{NAMES}>{styles}</office:document-styles>".encode(),
            "meta.xml": f"<office:document-meta{NAMES}>{said}</office:document-meta>".encode(),
        }
        | (files or {})
    )
