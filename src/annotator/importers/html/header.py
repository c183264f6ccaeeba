"""The head and the tail of an article: byline and date, which are metadata, and the author's life below the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotator.domain.article import BlockKind
from annotator.importers.bylines import byline_date, byline_names, iso_date
from annotator.importers.html.furniture import is_no_text
from annotator.importers.html.metadata import PageMetadata
from annotator.importers.pieces import Piece, one_line

_OPENING = 12  # blocks at most in which byline and date are looked for
_INITIALS = 4  # characters of a name in capitals that may be one's initials
_SENTENCE = 120  # characters of a paragraph with which the text has begun
_FILLERS = re.compile(
    r"\b(?:by|von|par|por|da|door|text|words|story|written|reported|and|und|et|y|published|updated|posted|modified|last|first|on|at|"
    r"am|um|in|uhr|pm|gmt|utc|cest?|bst|[acemp][sd]t|ist|et|original|min(?:utes?)?|read|reading|time|veröffentlicht|aktualisiert|stand|date|"
    r"publié|le|mis|à|jour|publicado|el|de|del|fecha|author|autor(?:in)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|"
    r"fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"the|a|for|from|see|show|all|updates|history|editor|editors|st|nd|rd|th|بقلم|نشر|في|文|著者|公開日|発表|作者|日期)\b|[年月日]|[\W\d_]+",
    re.IGNORECASE,
)
_MONTH_NAMES = re.compile(
    r"\b(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|février|mar(?:ch|s|zo)?|märz|apr(?:il)?|avril|abril|may|mai|mayo|june?|juni|juin|"
    r"junio|july?|juli|juillet|julio|aug(?:ust)?|août|agosto|sept?(?:ember|embre|iembre)?|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|"
    r"iembre)?|de[cz](?:ember)?|décembre|diciembre|enero|febrero|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|"
    r"ديسمبر)\b",
    re.IGNORECASE,
)
_POSTS = re.compile(
    r"(?:[\w’'&-]+\s+){0,5}(?:editor|correspondent|reporter|writer|columnist|critic|redakteur(?:in)?|korrespondent(?:in)?|"
    r"journalist(?:e|in)?|staff|contributor|analyst)(?:\s+(?:in|at|for)\s+[\w .&-]{1,40})?",
    re.IGNORECASE,
)
_LIFE = re.compile(
    r"\s*,?\s*(?:is|was|are|has|writes|covers|reports|teaches|works|lives|leads|ist|war|schreibt|arbeitet|lehrt|est|écrit|es|escribe)\b"
)
_CONTACT = re.compile(
    r"(?:follow|reach|contact|e-?mail|write\s+to|reached\s+at|tweet)\b.{0,80}(?:@|twitter|facebook|https?:)",
    re.IGNORECASE,
)
_TAIL = 5  # blocks at most that are no longer the article
_OF_CARD = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.RULE)
_REPEATED, _NEAR = 60, 12  # characters of a caption; blocks between it and its double


def with_byline_found(pieces: Sequence[Piece]) -> list[Piece]:
    """A short line right below the title that is a byline beyond doubt counts as one, as in a pasted selection."""
    found = [part for place, piece in enumerate(pieces) for part in _in_lines(piece, place)]
    title = next((n for n, piece in enumerate(found[:4]) if piece.kind is BlockKind.HEADING), 0)
    for n in range(title + 1, min(title + 4, len(found))):
        piece = found[n]
        if piece.kind is BlockKind.PARAGRAPH and not piece.role and byline_names(one_line(piece.text)):
            found[n] = replace(piece, role="byline")
    return found


def _in_lines(piece: Piece, place: int) -> list[Piece]:
    """The lines of a paragraph at the top one by one, where they are set with breaks and one of them is a byline."""
    few = place < _OPENING and piece.kind is BlockKind.PARAGRAPH and 1 <= piece.text.count("\n") <= 4
    lines = piece.text.split("\n") if few else []
    by = next((n for n, line in enumerate(lines) if byline_names(one_line(line))), -1)
    if by < 0:
        return [piece]
    return [
        replace(piece, text=line, marks=(), role="byline" if n >= by else "") for n, line in enumerate(lines)
    ]


def with_facts_of_header(pieces: Sequence[Piece], page: PageMetadata) -> PageMetadata:
    """`page` with the authors and the date that only the article's header says."""
    authors = page.authors or _named_in_header(pieces)
    return replace(page, authors=authors, published_on=page.published_on or _dated_in_header(pieces))


def _named_in_header(pieces: Sequence[Piece]) -> tuple[str, ...]:
    lines = (one_line(piece.text) for piece in pieces if piece.role in ("header", "byline"))
    found = next((names for names in map(byline_names, lines) if names), ())
    return tuple(name.title() if name.isupper() and len(name) > _INITIALS else name for name in found)


def _dated_in_header(pieces: Sequence[Piece]) -> str:
    lines = (piece.text for piece in pieces if piece.role in ("header", "date") and len(piece.text) <= 120)
    bylines = (one_line(piece.text) for piece in pieces if piece.role == "byline")
    short = (
        one_line(piece.text) for piece in pieces[: _opening(pieces)] if piece.kind is BlockKind.PARAGRAPH
    )
    dated = (
        iso_date(line) for line in short if len(line) <= 80 and not _rest_of(line, PageMetadata(), dated=True)
    )
    dates = (*map(iso_date, lines), *map(byline_date, bylines), *dated)
    return next((date for date in dates if date), "")


def without_header_facts(pieces: Sequence[Piece], page: PageMetadata) -> list[Piece]:
    """The article's own header without its byline, date and kicker, as far as the metadata say the same; the
    first other paragraph in it, if it is a sentence, is the standfirst."""
    kept: list[Piece] = []
    opening = _opening(pieces)
    title = next(
        (n for n, p in enumerate(pieces[:opening]) if p.kind is BlockKind.HEADING and p.level == 1), -1
    )
    has_standfirst = any(piece.kind is BlockKind.STANDFIRST for piece in pieces)
    for place, piece in enumerate(pieces):
        if place < opening and _is_fact(piece, page, above_title=place < title):
            continue
        timed = place >= opening and bool(_TIME.fullmatch(one_line(piece.text)))
        if piece.role in ("header", "byline", "date") and not timed and _is_known(piece, page):
            continue
        sentence = piece.kind is BlockKind.PARAGRAPH and len(piece.text.split()) >= 6
        if piece.role == "header" and sentence and not has_standfirst:
            has_standfirst = True
            kept.append(replace(piece, kind=BlockKind.STANDFIRST, quoted=0))
        else:
            kept.append(piece)
    return _with_plain_title(kept, page)


def _opening(pieces: Sequence[Piece]) -> int:
    """How many blocks stand before the first paragraph that is text."""
    for place, piece in enumerate(pieces[:_OPENING]):
        plain = piece.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE)
        if plain and not piece.role and len(piece.text) >= _SENTENCE:
            return place
    return min(len(pieces), _OPENING)


def _is_fact(piece: Piece, page: PageMetadata, *, above_title: bool) -> bool:
    if piece.kind is BlockKind.HEADING and piece.level > 1 and page.authors:
        return one_line(piece.text).casefold() in (name.casefold() for name in page.authors)
    if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    line = one_line(piece.text)
    if above_title and len(line) <= 60 and line[-1:] not in ".!?。":
        return True
    if piece.role in ("byline", "date") and len(line.split()) <= 30:
        named = any(name.casefold() in line.casefold() for name in page.authors)
        dated = bool(page.published_on) and (
            iso_date(line) == page.published_on or not _rest_of(line, page, dated=True)
        )
        if named or dated or (page.authors and len(line.split()) <= 6):
            return True
    if page.published_on and len(line) <= 160 and (_DATED.match(line) or _HISTORY.match(line)):
        return True
    if page.authors and (_POSTS.fullmatch(line) or (len(line) <= 20 and not _FILLERS.sub("", line))):
        return bool(re.search(r"\w", line)) and not re.search(r"\d", line)
    return _is_known(piece, page)


def _is_known(piece: Piece, page: PageMetadata) -> bool:
    """Whether a piece holds nothing but authors, date, section and outlet that are in the metadata."""
    if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    line = one_line(piece.text)
    if not line or len(line) > 300:
        return False
    if iso_date(line) not in ("", page.published_on) and not _MODIFIED.search(line):
        return False
    if not page.published_on and re.search(r"\d", line):
        return False
    said = any(name and name.casefold() in line.casefold() for name in _names(page)) or re.search(r"\d", line)
    return bool(said) and not _rest_of(line, page, dated=bool(page.published_on))


_HISTORY = re.compile(r"received\b.{4,40}\b(?:accepted|revised|published)\b", re.IGNORECASE)
_TIME = re.compile(r"\d?\d[:.]\d\d(?:\s*[a-zA-Z]{2,4})?")  # of an entry in a live report


def _names(page: PageMetadata) -> tuple[str, ...]:
    return (*page.authors, page.section, page.publication)


_DATED = re.compile(
    r"(?:(?:first|last|originally)\s+)?(?:published|updated|posted|modified|created|veröffentlicht|aktualisiert|publié|"
    r"mis à jour|publicado|actualizado|pubblicato|gepubliceerd|опубликовано)\b.*\d",
    re.IGNORECASE,
)
_MODIFIED = re.compile(r"modified|updated|aktualisiert|mis à jour|actualizado", re.IGNORECASE)


def _rest_of(line: str, page: PageMetadata, *, dated: bool) -> str:
    """What `line` says beside what is known."""
    for name in sorted(filter(None, _names(page)), key=len, reverse=True):
        line = re.sub(re.escape(name), " ", line, flags=re.IGNORECASE)
    if dated:
        line = _MONTH_NAMES.sub(" ", line)
    return _FILLERS.sub("", line)


def _with_plain_title(pieces: list[Piece], page: PageMetadata) -> list[Piece]:
    """A heading at the top that ends in the title, behind a kicker in the same element, as the title alone."""
    if _is_outlet(pieces[:1], page):
        del pieces[:1]
    title = page.title
    if any(piece.kind is BlockKind.HEADING and piece.level == 1 for piece in pieces[:3]):
        return pieces
    for place, piece in enumerate(pieces[:2]):
        line = one_line(piece.text)
        fits = title and line.endswith(title) and len(line) <= len(title) + 60
        if fits and piece.kind is BlockKind.HEADING:
            pieces[place] = Piece(kind=BlockKind.HEADING, text=title, level=1)
            break
    return pieces


def _is_outlet(pieces: Sequence[Piece], page: PageMetadata) -> bool:
    """Whether the first block is the outlet's name, set as a heading."""
    names = (page.publication.casefold(), page.publication.casefold().removeprefix("the "))
    return any(
        piece.kind is BlockKind.HEADING
        and one_line(piece.text).casefold() in names
        and page.title not in names
        for piece in pieces
    )


def without_life_of_author(pieces: list[Piece], page: PageMetadata) -> list[Piece]:
    """`pieces` without the lines at the end that say who the author is, and a heading above them."""
    last = len(pieces)
    while last and pieces[last - 1].kind is BlockKind.NOTE:
        last -= 1
    end = _above_author_card(pieces[:last], page)
    while end > 1 and last - end < _TAIL and _is_tail(pieces[end - 1], page):
        end -= 1
    if last < len(pieces) and end < last and pieces[last - 1].kind is BlockKind.HEADING:
        return [*pieces[:end], *pieces[last - 1 :]]  # the heading of the notes
    return [*pieces[:end], *pieces[last:]]


def _above_author_card(pieces: Sequence[Piece], page: PageMetadata) -> int:
    """Where the heading with an author's name stands, if nothing but a few words on that person follows."""
    names = [name.casefold() for name in page.authors]
    for place in range(max(1, len(pieces) - _TAIL), len(pieces)):
        piece, below = pieces[place], pieces[place + 1 :]
        short = all(one.kind in _OF_CARD and len(one.text.split()) <= 60 for one in below)
        if piece.kind is BlockKind.HEADING and one_line(piece.text).casefold() in names and short:
            return place
    return len(pieces)


def without_lines_around(pieces: Sequence[Piece]) -> list[Piece]:
    """`pieces` without lines at the top and the end that are no text and stand in no element of their own."""
    near = range(_OPENING, len(pieces) - _OPENING)
    return [
        piece
        for place, piece in enumerate(pieces)
        if place in near or piece.kind is not BlockKind.PARAGRAPH or not is_no_text(one_line(piece.text))
    ]


def _is_tail(piece: Piece, page: PageMetadata) -> bool:
    """Whether a block at the end is a heading with nothing below it, a rule, a date, a name, or about the author."""
    line = one_line(piece.text)
    dated = bool(page.published_on) and len(line) <= 120 and bool(_DATED.match(line))
    signed = line.casefold() in (name.casefold() for name in page.authors)
    return piece.kind in (BlockKind.HEADING, BlockKind.RULE) or dated or signed or _is_life(piece, line, page)


def _is_life(piece: Piece, line: str, page: PageMetadata) -> bool:
    if piece.kind is not BlockKind.PARAGRAPH or len(line.split()) > 90:
        return False
    if len(line.split()) <= 50 and _CONTACT.search(line):
        return True
    return any(
        line.casefold().startswith(name.casefold()) and _LIFE.match(line[len(name) :])
        for name in page.authors
    )


def said_once(pieces: Sequence[Piece]) -> list[Piece]:
    """`pieces` without longer ones that stand there a second time, as the captions of galleries do."""
    kept: list[Piece] = []
    near: list[str] = []
    for piece in pieces:
        line = one_line(piece.text)
        if (
            len(line) >= _REPEATED
            and piece.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
            and line in near
        ):
            continue
        kept.append(piece)
        near = [*near[-_NEAR:], *(one_line(part) for part in piece.text.split("\n"))]
    return kept
