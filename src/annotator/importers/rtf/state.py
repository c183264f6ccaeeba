"""What holds for the text at a place of an RTF file, and what its control words mean."""

from __future__ import annotations

import locale
from dataclasses import dataclass, field, replace

from annotator.domain.article import MarkKind
from annotator.importers.office.run import Look

SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d",
    "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f", "~": "\xa0", "_": "\u2011", "{": "{", "}": "}",
    "\\": "\\",
}  # fmt: skip
# Groups that hold no text of the article. Unknown groups that begin with `\*` hold none either.
SKIPPED = frozenset(
    [
        "colortbl", "filetbl", "listtable", "listoverridetable", "revtbl", "rsidtbl", "header", "headerl", "headerr",
        "headerf", "footer", "footerl", "footerr", "footerf", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc",
        "aftncn", "nonshppict", "shprslt", "sp", "xe", "tc", "tcn", "private", "template", "pntxta", "pntxtb",
        "bkmkstart", "bkmkend", "objdata", "objclass", "stylerestrictions", "falt", "panose",
        "mmathPict", "nonesttables",
    ]
)  # fmt: skip
READ_WITH_STAR = frozenset(
    ["fldinst", "shppict", "shpinst", "shptxt", "footnote", "moMath", "moMathPara", "listtext", "pntext", "cs",
     "atnauthor", "atnid", "annotation", "atrfstart", "atrfend", "atndate"]
)  # fmt: skip
_SWITCHES = {
    "b": MarkKind.STRONG,
    "i": MarkKind.EMPHASIS,
    "strike": MarkKind.STRIKE,
    "striked": MarkKind.STRIKE,
}
_CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp437",
}  # fmt: skip
_SYMBOLS = 2  # the character set of fonts like Symbol and Wingdings


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the file: its name and character set."""

    name: str = ""
    charset: int = -1

    @property
    def is_symbol(self) -> bool:
        """Whether its characters are signs by their places."""
        return self.charset == _SYMBOLS or self.name.lower() in ("symbol", "wingdings")

    @property
    def encoding(self) -> str:
        """The encoding its text has, "" where that of the file holds."""
        return _CODE_PAGES.get(self.charset, "") if self.charset > 0 else ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The properties of a paragraph."""

    style: int = 0
    outline: int = 9
    in_table: bool = False
    level: int = 0
    list_id: int = 0
    hangs: bool = False
    indent: int = 0


@dataclass(slots=True)
class State:
    """What holds inside of a group; a group gives back what held before."""

    looks: frozenset[Look] = frozenset()
    hidden: bool = False
    deleted: bool = False
    code: bool = False
    font: int = -1
    language: str = ""
    unicode_skip: int = 1
    link: str = ""
    destination: str = ""  # where text goes: "" is the article
    paragraph: Paragraph = field(default_factory=Paragraph)

    def inner(self) -> State:
        """What holds at the beginning of a group in this one."""
        return replace(self)

    def set_character(self, name: str, number: int | None) -> bool:
        """A control word about characters; whether it is one."""
        on = number != 0
        if name in _SWITCHES:
            self._switch(_SWITCHES[name], on=on)
        elif name in ("super", "sub", "nosupersub"):
            self._switch(MarkKind.SUPERSCRIPT, on=name == "super" and on)
            self._switch(MarkKind.SUBSCRIPT, on=name == "sub" and on)
        elif name == "v":
            self.hidden = on
        elif name == "deleted":
            self.deleted = on
        elif name == "plain":
            self.looks, self.hidden, self.deleted, self.code = frozenset(), False, False, False
        elif name == "f":
            self.font = number or 0
        elif name == "lang":
            self.language = language_tag(number or 0)
        elif name == "uc":
            self.unicode_skip = min(max(number or 0, 0), 10)
        else:
            return False
        return True

    def set_paragraph(self, name: str, number: int | None) -> bool:
        """A control word about paragraphs; whether it is one."""
        here = self.paragraph
        if name == "pard":
            self.paragraph = Paragraph()
        elif name == "s":
            self.paragraph = replace(here, style=number or 0)
        elif name == "outlinelevel":
            self.paragraph = replace(here, outline=9 if number is None else number)
        elif name == "intbl":
            self.paragraph = replace(here, in_table=number != 0)
        elif name == "ilvl":
            self.paragraph = replace(here, level=min(max(number or 0, 0), 8))
        elif name == "ls":
            self.paragraph = replace(here, list_id=number or 0)
        elif name == "li":
            self.paragraph = replace(here, indent=number or 0)
        elif name == "fi":
            self.paragraph = replace(here, hangs=(number or 0) < 0)
        else:
            return False
        return True

    def _switch(self, kind: MarkKind, *, on: bool) -> None:
        look = {(kind, "")}
        self.looks = self.looks | look if on else self.looks - look


def language_tag(number: int) -> str:
    """The language of a Windows number, such as 1031, as a tag; "" for none."""
    if number in (0, 1024, 0x0400):
        return ""
    return locale.windows_locale.get(number, "").replace("_", "-")
