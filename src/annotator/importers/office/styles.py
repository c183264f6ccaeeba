"""What the names of paragraph styles say, as word processors have them in several languages."""

from __future__ import annotations

import re
from typing import NamedTuple

from annotator.domain.article import BlockKind

_HEADING = re.compile(
    r"(?:heading|header|h|überschrift|ueberschrift|berschrift|titre|titolo|título|titulo|ttulo|kop|rubrik|overskrift"
    r"|nagłówek|nagwek|заголовок|otsikko|nadpis|cím|başlık|標題|标题|見出し|제목)\s*([1-9])"
)
_NAMED_HEADING = (
    (1, re.compile(r"heading|überschrift|chapter(?: title| heading)?|kapitel(?:überschrift)?")),
    (
        2,
        re.compile(
            r"sub[ -]?head(?:ing|line)?|section (?:title|heading)|zwischen(?:überschrift|titel)|crosshead"
        ),
    ),
)
_KINDS = (
    ("title", re.compile(r"title|titel|titre|titolo|título|название|表題|标题|標題|otsikko|tittel|tytuł|book title")),
    (
        "standfirst",
        re.compile(
            r"subtitle|untertitel|sous[ -]titre|sottotitolo|subtítulo|ondertitel|underrubrik|standfirst|deck|dek"
            r"|副題|副标题"
        ),
    ),
    (
        "quote",
        re.compile(
            r"(?:intense |block ?|long |extended )?quot(?:e|es|ation|ations)(?: text| block| intense)?"
            r"|block ?text|intensequote|(?:intensives |block)?zitat|citation(?: intense)?|citations"
            r"|cita(?: destacada)?|citazione(?: intensa)?|citaat|duidelijk citaat|extract|引用|引用文"
        ),
    ),
    (
        "caption",
        re.compile(
            r"caption|beschriftung|légende|lgende|didascalia|leyenda|bijschrift|figure|illustration|abbildung"
            r"|(?:image|figure|table) caption|図表番号|题注"
        ),
    ),
    (
        "code",
        re.compile(
            r"(?:source |sample )?code(?: block| text)?|html preformatted|preformatted text|macro text|macro|verbatim"
            r"(?: char)?|html (?:code|sample|keyboard|typewriter)|quelltext|listing|source ?text"
        ),
    ),
    ("contents", re.compile(r"toc \d|toc heading|contents? heading|contents \d|table of figures|verzeichnis \d")),
    ("byline", re.compile(r"authors?|byline|autor(?:en)?|auteurs?")),
    ("date", re.compile(r"date|datum")),
    ("continued", re.compile(r"list continue(?: \d)?|listenfortsetzung(?: \d)?")),
    ("bullet", re.compile(r"list bullet(?: \d)?|aufzählungszeichen(?: \d)?")),
    ("item", re.compile(r"list(?: number)?(?: \d)?|listennummer(?: \d)?")),
    ("in-list", re.compile(r"list ?paragraph|listenabsatz|paragraphe de liste|párrafo de lista|paragrafo elenco")),
)  # fmt: skip


class Role(NamedTuple):
    """What a paragraph style makes of a paragraph: its kind, its level, and what else is said about it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    role: str = ""


PLAIN_ROLE = Role()
_ROLES = {
    "title": Role(BlockKind.HEADING, 1, "title"),
    "standfirst": Role(BlockKind.STANDFIRST, 0, "standfirst"),
    "quote": Role(BlockKind.QUOTE, 1),
    "code": Role(BlockKind.CODE),
}


def role_of_name(name: str) -> Role | None:
    """What the name of a style says in itself."""
    plain = " ".join(name.replace("_", " ").lower().split())
    found = _HEADING.fullmatch(plain) or _HEADING.fullmatch(re.sub(r"(?<=\w)(?=\d$)", " ", plain))
    if found:
        return Role(BlockKind.HEADING, min(int(found.group(1)), 6))
    for level, pattern in _NAMED_HEADING:
        if pattern.fullmatch(plain):
            return Role(BlockKind.HEADING, level)
    for word, pattern in _KINDS:
        if pattern.fullmatch(plain):
            depth = int(plain[-1]) if word in ("continued", "bullet", "item") and plain[-1].isdecimal() else 1
            return _ROLES.get(word) or Role(BlockKind.PARAGRAPH, depth, word)
    return None
