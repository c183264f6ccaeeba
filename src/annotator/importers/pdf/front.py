"""Title, authors, date and DOI of a PDF, from its first page and from what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.article import BlockKind
from annotator.importers.bylines import byline_date, byline_names, iso_date, split_names
from annotator.importers.pieces import Piece, one_line, without_note_marks

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>“”]+")
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|office).*|untitled.*|unbenannt.*|(?:word )?document\s*\d*|dokument\s*\d*|title|titel"
    r"|slide \d+|powerpoint presentation|presentation\s*\d*|print|report|scan.*|doi:.*"
    r"|.*\.(?:docx?|pptx?|xlsx?|odt|rtf|tex|dvi|pdf|indd|qxd|html?|wpd|ps|txt|pages)"
    r"|[\w.-]*\d{4,}[\w.-]*|[^\s]*[_/\\][^\s]*|\W*",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"^microsoft (?:word|powerpoint)\s*-\s*", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:docx?|pptx?|odt|rtf|pages)$", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:microsoft|windows|office|default|unknown|author|autor|admin\w*|user|owner|benutzer|pc|home|lenovo|hp|dell|acer|asus"
    r"|scanner|xerox|canon|root|anonymous)\b.*|\S*\d{3,}\S*|.*@.*|\S*[\\/_]\S*",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:first |article )?(?:published|publication date|veröffentlicht|erschienen|date|datum|publié)(?: online)?"
    r"(?: on| am| le)?\s*:?\s*(.{4,40})",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|abstract|preface|foreword|invoice|table des matières",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(r"(?:abstract|summary|zusammenfassung|résumé|keywords)\b", re.IGNORECASE)
_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*)(?:\s+(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*|van|von|de|der|den|da|di|la|le|bin|al)){1,4}"
)
_NO_NAMES = re.compile(
    r"\b(?:university|institute|department|school|college|journal|abstract|introduction|press|centre|center|report|vol"
    r"|working|paper|society|street|road|ministry|council|office|bank|group|inc|ltd|gmbh|summary|chapter|contents|name|your|first|last|error|date|general|instructions|form|guide)\b|\d{3}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the first page and the file say; `title_in_text` says that the title stands in the text."""

    title: str
    title_in_text: bool
    authors: tuple[str, ...]
    published_on: str
    doi: str


def front_of(
    pieces: Sequence[Piece], facts: Mapping[str, str], first_page: Sequence[str], first_label: str
) -> Front:
    """Title, authors, date and DOI. `first_page` are the lines of page 1, running heads among them; `first_label` is
    that page's label in `pieces`."""
    beginning = [piece for piece in pieces[:40] if piece.page == first_label]
    place = next((n for n, p in enumerate(beginning) if p.kind is BlockKind.HEADING and p.level == 1), None)
    printed = without_note_marks(beginning[place]) if place is not None else ""
    printed = "" if _PART.fullmatch(printed) else printed
    said = sensible_title(facts.get("Title", ""))
    title, in_text = _title(printed, said, first_page)
    byline, date = _byline(beginning[place + 1 :][:20]) if place is not None else ((), "")
    return Front(
        title=title,
        title_in_text=in_text,
        authors=_authors(facts.get("Author", "")) or byline,
        published_on=_published(first_page) or date,
        doi=_doi(first_page),
    )


def sensible_title(said: str) -> str:
    """A title out of a file's properties, "" if it is only a program's or a file's name."""
    title = one_line(_PROGRAM.sub("", said))
    if title != said.strip():
        title = _ENDING.sub("", title)
    if (
        _NO_TITLE.fullmatch(title)
        or len(title) < 4
        or len(title) > 500
        or not re.search(r"[^\W\d_]{2}", title)
    ):
        return ""
    return title


def _title(printed: str, said: str, first_page: Sequence[str]) -> tuple[str, bool]:
    """The printed title, unless the file's own is a part of the page, or there is none printed."""
    if printed and said:
        one, other = _bare(printed), _bare(said)
        return (said if one == other else printed), True
    if printed:
        return printed, True
    if said:
        return said, _bare(said) in _bare(" ".join(first_page))
    return "", False


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _authors(said: str) -> tuple[str, ...]:
    names = tuple(name for name in split_names(said) if not _NOBODY.fullmatch(name) and len(name) > 3)
    return (
        names if names and all(" " in name or len(names) == 1 for name in names) and " " in names[0] else ()
    )


def _byline(pieces: Sequence[Piece]) -> tuple[tuple[str, ...], str]:
    """The names under the title, and a date behind them."""
    found: list[str] = []
    for place, piece in enumerate(pieces):
        text = _without_raised(piece)
        if (piece.kind is BlockKind.HEADING and found) or len(text) > 300 or _ABSTRACT.match(text):
            break
        names = byline_names(text)
        if names:
            return names, byline_date(text)
        if _NO_NAMES.search(text) or piece.kind is BlockKind.CELL or (place > 2 and not found):
            continue
        names = tuple(name.strip(" ,*†‡§") for name in split_names(text))
        if names and all(_NAME.fullmatch(name) and name.upper() != name for name in names):
            found += names
    return tuple(dict.fromkeys(found)), ""


def _without_raised(piece: Piece) -> str:
    text = piece.text
    for mark in sorted(piece.marks, key=lambda m: -m.start):
        if mark.kind.value in ("superscript", "note-ref"):
            text = text[: mark.start] + text[mark.end :]
    return re.sub(r"\s*,(?:\s*,)+", ",", one_line(text)).strip(" ,*")


def _published(lines: Sequence[str]) -> str:
    for line in lines:
        match = _PUBLISHED.match(line.strip())
        date = iso_date(match[1]) if match else ""
        if date:
            return date
    for line in lines:
        text = line.strip(" .·|")
        date = iso_date(text) if 6 <= len(text) <= 30 and not text.isdigit() else ""
        if len(date) >= 7:
            return date
    return ""


def _doi(lines: Sequence[str]) -> str:
    match = _DOI.search("\n".join(lines))
    if not match:
        return ""
    doi = match[0].rstrip(".,;:)]}’'")
    return doi if doi.count("(") <= doi.count(")") else doi + ")" if match[0].startswith(doi + ")") else doi
