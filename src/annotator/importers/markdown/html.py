"""What Python-Markdown writes, without the parts of raw HTML that would take text along when they are cleaned away."""

from __future__ import annotations

import re
from typing import NamedTuple

from annotator.importers.html.events import KNOWN_TAGS, known_tag

_TAG = re.compile(
    r"<(/?)([a-zA-Z][\w:-]*+)"
    r"(?:\s++[^\s\"'=<>/]++(?:\s*+=\s*+(?:\"[^\"]{0,5000}+\"|'[^']{0,5000}+'|[^\s\"'=<>`]++))?+)*+\s*+/?>"
)
_DOCTYPE = re.compile(r"<!doctype\s[^<>]*>", re.IGNORECASE)
_PROGRAMS = frozenset(
    {"script", "style", "template", "svg", "iframe", "math", "canvas"}
)  # with what is in them
_OTHERS = frozenset(
    [
        "title",
        "noscript",
        "object",
        "embed",
        "audio",
        "video",
        "map",
        "dialog",
        "button",
        "select",
        "textarea",
        "datalist",
        "option",
        "optgroup",
        "label",
        "picture",
        "area",
        "big",
        "center",
        "acronym",
        "bdi",
        "bdo",
        "data",
        "meter",
        "progress",
        "fieldset",
        "legend",
        "output",
        "rb",
        "rtc",
        "rp",
        "rt",
        "ruby",
        "html",
        "head",
        "body",
        "link",
        "meta",
        "base",
        "font",
        "abbr",
        "nobr",
        "input",
        "source",
        "track",
        "col",
        "colgroup",
        "param",
    ]
)  # nothing but the tag goes
_KEPT = KNOWN_TAGS - _PROGRAMS - _OTHERS
_IN_QUESTION = re.compile(rf"<(?!/?(?:{'|'.join(_KEPT)})>)")  # any sign but a plain tag that is kept
_LEADS_BACK = re.compile(r"<a href=\"#[^\"]*\"[^<>]*>(?=(?:back|return|zurück|jump up)</a>)", re.IGNORECASE)


class Harmless(NamedTuple):
    """HTML and how many comments and programs were taken out of it."""

    html: str
    dropped: int


def harmless(html: str) -> Harmless:
    """`html` in which every tag is closed and known, so that cleaning it drops tags and no words. Linear in time."""
    kept: list[str] = []
    dropped = at = 0
    found: dict[str, int] = {}
    while match := _IN_QUESTION.search(html, at):
        start = match.start()
        kept.append(html[at:start])
        if html.startswith("<!--", start):
            at = _behind(html, "-->", start + 4, found)
            dropped += at > 0
        else:
            at, is_program = _tag(html, start, kept, found)
            dropped += is_program
        if at <= 0:
            kept.append("&lt;")
            at = start + 1
    kept.append(html[at:])
    return Harmless(_LEADS_BACK.sub("<a>", "".join(kept)), dropped)


def _tag(html: str, start: int, kept: list[str], found: dict[str, int]) -> tuple[int, bool]:
    """Where to go on behind the tag at `start`, 0 if it is none, and whether a program was dropped."""
    match = _TAG.match(html, start)
    if match is None:
        doctype = _DOCTYPE.match(html, start)
        return (doctype.end() if doctype else 0), False
    name = match.group(2).lower()
    if name in _PROGRAMS:
        if match.group(1) or match.group().endswith("/>"):
            return match.end(), False
        end = _behind(html, f"</{name}>", match.end(), found)
        leaves = 0 <= _next(html, "</p>\n", match.end(), found) < end  # a word in a text, not a program
        return (0, False) if leaves else (end, end > 0)
    if name in _OTHERS:
        return match.end(), False
    if not known_tag(match.group()):
        return 0, False
    kept.append(match.group())
    return match.end(), False


def _behind(html: str, end: str, at: int, found: dict[str, int]) -> int:
    """The place behind the next `end`, 0 without one."""
    place = _next(html, end, at, found)
    return place + len(end) if place >= 0 else 0


def _next(html: str, words: str, at: int, found: dict[str, int]) -> int:
    """`html.find(words, at)` for places that only grow; what was found last is not looked for again."""
    place = found.get(words, at - 1)
    if 0 <= place < at or words not in found:
        place = found[words] = html.find(words, at)
    return place
