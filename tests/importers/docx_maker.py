"""Word files made by hand: the XML parts that Word writes, as small as they can be."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift3"><w:name w:val="heading 3"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="House"><w:name w:val="House Section"/><w:basedOn w:val="Heading2"/></w:style>
<w:style w:type="paragraph" w:styleId="Deep"><w:name w:val="Clause"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="IntensivesZitat"><w:name w:val="Intense Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My Extracts"/><w:basedOn w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="SourceCode"><w:name w:val="Source Code"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="TOCHeading"><w:name w:val="TOC Heading"/><w:basedOn w:val="Heading1"/></w:style>
<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/></w:style>
<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Em2"><w:name w:val="Softer"/><w:basedOn w:val="Em1"/></w:style>
<w:style w:type="character" w:styleId="Em1"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="VerbatimChar"><w:name w:val="Verbatim Char"/></w:style>
<w:style w:type="table" w:styleId="Banded"><w:name w:val="Banded"/><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%3"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def run(text: str, properties: str = "") -> str:
    """A run of characters."""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str = "", style: str = "", properties: str = "") -> str:
    """A paragraph; `content` is text, or XML when it begins with "<"."""
    inner = content if content.startswith("<") else run(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def item(text: str, list_id: int = 2, level: int = 0, style: str = "ListParagraph") -> str:
    """A paragraph of a list."""
    return paragraph(text, style, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(content: str, properties: str = "") -> str:
    """A table's cell."""
    inner = content if content.startswith(("<w:p", "<w:tbl")) else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str, properties: str = "") -> str:
    """A table of rows made by `row`."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def row(*cells: str, header: bool = False) -> str:
    """A row of cells made by `cell`, or of their texts."""
    head = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{head}{''.join(c if c.startswith('<') else cell(c) for c in cells)}</w:tr>"


def field(instruction: str, result: str) -> str:
    """A field with its result, which is XML."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
    return f"{sign.format('begin')}{code}{sign.format('separate')}{result}{sign.format('end')}"


def note_ref(number: int, kind: str = "footnote") -> str:
    """A reference to a note."""
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def picture(alt: str = "") -> str:
    """A picture in a run."""
    described = f' descr="{escape(alt)}"' if alt else ""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1"{described}/><a:graphic><a:graphicData>'
        '<pic:pic><pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def docx(
    body: str,
    *,
    styles: str = STYLES,
    numbering: str = NUMBERING,
    footnotes: dict[int, str] | None = None,
    endnotes: dict[int, str] | None = None,
    comments: str = "",
    links: dict[str, str] | None = None,
    core: str = "",
    strict: bool = False,
    files: dict[str, bytes] | None = None,
    pictures: dict[str, tuple[str, bytes]] | None = None,
) -> bytes:
    """A Word file with that body; notes are XML paragraphs by their ids, links are addresses by their ids, pictures
    names and bytes by theirs."""
    parts = {
        "document": f"<w:body>{body}<w:sectPr/></w:body>",
        "styles": styles,
        "numbering": numbering,
        "footnotes": _notes("footnote", footnotes),
        "endnotes": _notes("endnote", endnotes),
        "comments": comments,
    }
    roots = {"document": "document", "styles": "styles"}
    written = {
        f"word/{name}.xml": f"{_HEAD}<w:{roots.get(name, name)} {NAMES}>{content}</w:{roots.get(name, name)}>"
        for name, content in parts.items()
        if content
    }
    related = "".join(
        f'<Relationship Id="p{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for name, content in parts.items()
        if content and name != "document"
    )
    related += "".join(
        f'<Relationship Id="{ident}" Type="{_OFFICE}/hyperlink" Target="{escape(target)}" TargetMode="External"/>'
        for ident, target in (links or {}).items()
    )
    related += "".join(
        f'<Relationship Id="{ident}" Type="{_OFFICE}/image" Target="{name}"/>'
        for ident, (name, _) in (pictures or {}).items()
    )
    files = (files or {}) | {f"word/{name}": data for name, data in (pictures or {}).values()}
    written["word/_rels/document.xml.rels"] = _relationships(related)
    top = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    if core:
        top += f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        written["docProps/core.xml"] = (
            f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            f"{core}</cp:coreProperties>"
        )
    written["_rels/.rels"] = _relationships(top)
    written["[Content_Types].xml"] = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    if strict:
        written = {name: _strict(text) for name, text in written.items()}
    return zipped({name: text.encode() for name, text in written.items()} | (files or {}))


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive of files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, packing)
    return target.getvalue()


def _notes(kind: str, notes: dict[int, str] | None) -> str:
    if not notes:
        return ""
    separator = f'<w:{kind} w:type="separator" w:id="-1">{paragraph("<w:r><w:separator/></w:r>")}</w:{kind}>'
    sign = f"<w:r><w:{kind}Ref/></w:r>"
    return separator + "".join(
        f'<w:{kind} w:id="{ident}">{content.replace("</w:pPr>", "</w:pPr>" + sign, 1)}</w:{kind}>'
        for ident, content in notes.items()
    )


def _relationships(content: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{content}</Relationships>'


def _strict(text: str) -> str:
    return text.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ).replace(_OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
