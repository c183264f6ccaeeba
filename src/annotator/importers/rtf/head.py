"""The head of an RTF file: its fonts, styles, and what it says of itself."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from annotator.domain.article import BlockKind
from annotator.importers.office.styles import PLAIN_ROLE, Role, role_of_name
from annotator.importers.rtf.state import Font
from annotator.importers.rtf.tokens import CLOSE, OPEN, SYMBOL, TEXT, WORD, Tokens

_MAX_CHAIN = 20
_DATE_PARTS = ("yr", "mo", "dy", "hr", "min")


@dataclass(slots=True)
class _Style:
    name: str = ""
    based_on: int = -1
    outline: int = 9


@dataclass(slots=True)
class Head:
    """What is known before the text begins."""

    encoding: str = "cp1252"
    default_font: int = -1
    fonts: dict[int, Font] = field(default_factory=dict)
    styles: dict[int, _Style] = field(default_factory=dict)
    code_styles: set[int] = field(default_factory=set)  # styles of characters
    info: dict[str, str] = field(default_factory=dict)
    _roles: dict[tuple[int, int], Role] = field(default_factory=dict)

    def set_encoding(self, word: str, number: int | None) -> bool:
        """A control word about the encoding of the file; whether it is one."""
        if word == "ansicpg":
            name = "utf-8" if number == 65001 else f"cp{number}"
            self.encoding = name if _is_known(name) else self.encoding
        elif word in ("mac", "pc", "pca"):
            self.encoding = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "deff":
            self.default_font = number or 0
        else:
            return False
        return True

    def role(self, style: int, outline: int) -> Role:
        """What a paragraph of that style and outline level is."""
        if (style, outline) not in self._roles:
            self._roles[style, outline] = self._role(style, outline)
        return self._roles[style, outline]

    def _role(self, style: int, outline: int) -> Role:
        number = style
        for _ in range(_MAX_CHAIN):
            known = self.styles.get(number)
            if known is None:
                break
            found = role_of_name(known.name)
            if found is not None:
                return found
            if known.outline < 9:
                return Role(BlockKind.HEADING, min(known.outline + 1, 6))
            number = known.based_on
        return Role(BlockKind.HEADING, min(outline + 1, 6)) if 0 <= outline < 9 else PLAIN_ROLE

    def decode(self, data: bytes, font: int) -> str:
        """Text of that font."""
        known = self.fonts.get(font)
        return data.decode((known.encoding if known else "") or self.encoding, "replace")

    # The groups of the head, without the braces around them

    def read_fonts(self, data: bytes) -> None:
        """The table of fonts."""
        for group in _groups(data):
            font, charset, name = -1, -1, b""
            for token in Tokens(group):
                if token.kind == WORD and token.name == "f":
                    self._add_font(font, charset, name)
                    font, charset, name = token.number or 0, -1, b""
                elif token.kind == WORD and token.name == "fcharset":
                    charset = token.number or 0
                elif token.kind == TEXT:
                    name += token.text
            self._add_font(font, charset, name)

    def _add_font(self, number: int, charset: int, name: bytes) -> None:
        if number >= 0:
            plain = name.decode("latin-1").partition(";")[0].strip()
            self.fonts.setdefault(number, Font(plain[:80], charset))

    def read_styles(self, data: bytes) -> None:
        """The table of styles."""
        self._roles.clear()
        for group in _groups(data):
            number, style, is_character, is_other = 0, _Style(), False, False
            for token in Tokens(group):
                if token.kind != WORD:
                    continue
                if token.name == "s":
                    number = token.number or 0
                elif token.name == "cs":
                    number, is_character = token.number or 0, True
                elif token.name in ("ts", "tsrowd", "ds"):
                    is_other = True
                elif token.name == "sbasedon":
                    style.based_on = -1 if token.number is None else token.number
                elif token.name == "outlinelevel":
                    style.outline = 9 if token.number is None else token.number
            style.name = self.plain(group).partition(";")[0].strip()[:120]
            if is_character:
                named = role_of_name(style.name)
                if named is not None and named.kind is BlockKind.CODE:
                    self.code_styles.add(number)
            elif not is_other:
                self.styles.setdefault(number, style)

    def read_info(self, data: bytes) -> None:
        """What the file says of itself."""
        for group in _groups(data):
            match = re.match(rb"\s*(?:\\\*)?\\([a-z]+)", group)
            if match is None:
                continue
            name = match.group(1).decode("ascii")
            if name in ("creatim", "revtim"):
                parts = {t.name: t.number or 0 for t in Tokens(group) if t.kind == WORD}
                year, month, day, hour, minute = (parts.get(part, 0) for part in _DATE_PARTS)
                if year > 0:
                    self.info[name] = f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}"
            else:
                words = " ".join(self.plain(group).split())
                if words:
                    self.info.setdefault(name, words[:2000])

    def plain(self, data: bytes) -> str:
        """The text of a small group, without the groups in it that say something else."""
        parts: list[str] = []
        held = b""
        skip, left, depth, hidden_at = 1, 0, 0, -1
        for token in Tokens(data):
            if token.kind == TEXT:
                text = token.text[left:]
                left -= min(left, len(token.text))
                held += text if hidden_at < 0 else b""
                continue
            if held:
                parts.append(self.decode(held, self.default_font))
                held = b""
            if token.kind == OPEN:
                depth += 1
            elif token.kind == CLOSE:
                depth -= 1
                hidden_at = -1 if depth < hidden_at else hidden_at
            elif token.kind == SYMBOL and token.name == "*" and hidden_at < 0 and depth:
                hidden_at = depth
            elif token.kind == WORD and token.name == "uc":
                skip = min(max(token.number or 0, 0), 10)
            elif token.kind == WORD and token.name == "u" and hidden_at < 0:
                parts.append(chr((token.number or 0) & 0xFFFF))
                left = skip
        parts.append(self.decode(held, self.default_font))
        return joined_surrogates("".join(parts))


def joined_surrogates(text: str) -> str:
    """`text` with characters that were written as two halves put together."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _groups(data: bytes) -> list[bytes]:
    """The groups in a group; where there are none, it is one itself."""
    tokens = Tokens(data)
    return [tokens.skip_group() for token in tokens if token.kind == OPEN] or [data]


def _is_known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
