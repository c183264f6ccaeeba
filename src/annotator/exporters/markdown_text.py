"""Plain text as Markdown source: what must be escaped so that every reader of Markdown shows the same characters.

Characters that all dialects let a backslash escape get one; Python-Markdown knows few of those, so the others become
character references. Only what could be taken for syntax is escaped, so that the source stays readable.
"""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from annotator.domain.article import OBJECT, clean_text

# The set finds candidates fast; the tail decides by what stands around them.
_SPECIAL = re.compile(
    r"[\\`*\[{<|~^\t\ufffc_&=$%:\-]"
    r"(?:(?<=[\\`*\[{<|~^\t\ufffc])"
    r"|(?<=_)(?!(?<=[A-Za-z0-9]_)[A-Za-z0-9])"  # snake_case is safe
    r"|(?<=&)(?=[#A-Za-z]|\Z)"
    r"|(?<==)(?:(?<===)|(?==))"
    r"|(?<=\$)(?:(?<=[^\s(]\$)|(?!\d))"  # "$5" alone can't open a formula
    r"|(?<=%)(?:(?<=%%)|(?=%))"
    r"|(?<=:)(?=(?:[a-z][a-z0-9_+-]*|[+-]1|100|1234):)"  # :smile:
    r"|(?<=-)(?=-))"
)
_BACKSLASH = frozenset("\\`*[{_-")
_URL = re.compile(r"\bhttps?://[!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~^]*[/0-9A-Za-z_=&~-]")
_REFERENCE = re.compile(r"&#?\w+;")
# Anything but letters, digits and marks that are neither syntax nor decomposed: most notes need no more than this.
_LOUD = re.compile("[^ -#'-),-9;?A-Za-z\u00a1-\u024f\u2010-\u201f\u2026\u202f\u20ac]|--|//")
_LINE_START = re.compile(
    r"^(?:[#>=:]|[-+](?=[\s\-=+]|\Z)"
    r"|\(?(?:[0-9]{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{2,9})[.)](?=\s|\Z)"
    r"|\((?=@))",
    re.MULTILINE,
)
_BREAK = re.compile(r"( *)(\n+)( *)")
_TRAILING_HASHES = re.compile(r"#+\Z")
_SAFE_SCHEME = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_PLAIN_YAML = re.compile(r"[A-Za-z][\w’ .,/-]*[\w.]|[A-Za-z]|\d{4}-\d\d-\d\d")
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def _entity(character: str) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(character) or f"&#{ord(character)};"


def _special(found: re.Match[str]) -> str:
    character = found.group()
    if character == OBJECT:
        return "\\[Figure]"
    return f"\\{character}" if character in _BACKSLASH else _entity(character)


def _address(found: re.Match[str]) -> str:
    """An address as an autolink where escapes would show in it, or what follows could be taken for a part of it."""
    address = found.group()
    escaped = _SPECIAL.sub(_special, address)
    alone = found.string[found.end() : found.end() + 1].isspace()
    return (
        address if alone and escaped == address else escaped if _REFERENCE.search(address) else f"<{address}>"
    )


def inline(text: str, *, in_link: bool = False) -> str:
    """`text` escaped for the middle of a line; line breaks stay as they are, for `lines` to set.

    Inside the text of a link, brackets that close are escaped too and addresses don't become links.
    """
    if in_link:
        return _SPECIAL.sub(_special, text).replace("]", "\\]")
    if "://" not in text:
        return _SPECIAL.sub(_special, text)
    parts: list[str] = []
    at = 0
    for found in _URL.finditer(text):
        parts += (_SPECIAL.sub(_special, text[at : found.start()]), _address(found))
        at = found.end()
    return "".join(parts) + _SPECIAL.sub(_special, text[at:])


def _starter(found: re.Match[str]) -> str:
    start = found.group()
    if start in "=:":
        return _entity(start)
    return f"{start[:-1]}\\{start[-1]}"


def lines(source: str, *, one_line: bool = False) -> str:
    """Escaped text as the source of one paragraph: hard line breaks, and no line that could start a block.

    With `one_line` the breaks become tags, for headings, list items and cells.
    """
    if "\n" in source:
        mark = "<br>" if one_line else "  \n"

        def broken(found: re.Match[str]) -> str:
            before, feeds, behind = found.groups()
            return "&#32;" * len(before) + mark + "<br>" * (len(feeds) - 1) + "&#32;" * len(behind)

        source = _BREAK.sub(broken, source)
    return _LINE_START.sub(_starter, source)


def paragraph(text: str) -> str:
    """Foreign text (a note, a reason) as one inert paragraph on one line of source."""
    return lines(phrase(text), one_line=True)


def phrase(text: str) -> str:
    """Foreign text escaped for the middle of a line, without white space at its ends; breaks are tags."""
    if not _LOUD.search(text):
        return text.strip()
    escaped = inline(clean_text(text).strip())
    return _BREAK.sub(lambda found: "<br>" * len(found.group(2)), escaped) if "\n" in escaped else escaped


def heading(source: str) -> str:
    """Escaped text as the words of a heading: one line, and no hashes at its end that would be dropped."""
    source = lines(source, one_line=True) if "\n" in source else source
    return _TRAILING_HASHES.sub(lambda found: "\\#" * len(found.group()), source)


def fence(code: str, language: str = "") -> str:
    """`code` between fences longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    ticks = "`" * max(3, longest + 1)
    name = language if re.fullmatch(r"[A-Za-z0-9_+#.-]{1,30}", language) else ""
    return f"{ticks}{name}\n{code}\n{ticks}"


def target(url: str) -> str:
    """`url` as the target of a link, or "" when it is none that may be followed."""
    address = clean_text(url).strip()
    if not _SAFE_SCHEME.match(address):
        return ""
    kept = "".join(
        c if ord(c) > 0xA0 and not c.isspace() else quote(c, safe="/:?#@!$&'+,;=%-._~") for c in address
    )
    return kept.replace("&", "&amp;")


def autolink(url: str) -> str:
    """`url` as a link that shows itself, or as plain words when it is unusual."""
    address = clean_text(url).strip()
    if _URL.fullmatch(address) and not _REFERENCE.search(address):
        return f"<{address}>"
    return phrase(address)


def scalar(value: str) -> str:
    """One line of text as a YAML scalar, quoted unless it is plainly a string or a date."""
    text = " ".join(clean_text(value).split())
    if _PLAIN_YAML.fullmatch(text) and text.lower() not in _YAML_WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def comment_safe(value: str) -> str:
    """An id as it may stand inside of an HTML comment."""
    return re.sub(r"[^A-Za-z0-9._:-]+|-(?=-)", "", value)[:80]
