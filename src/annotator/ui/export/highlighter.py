"""Colours Markdown source: headings, emphasis, quotes, code, links, citations, tables, front matter."""

from __future__ import annotations

import re
from enum import IntEnum

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from annotator.ui.theme import Theme


class _State(IntEnum):
    """What a line stands in, for the line below it. Qt says -1 above the first line."""

    PLAIN = 0
    FRONT_MATTER = 1
    BACKTICK_FENCE = 2
    TILDE_FENCE = 3
    COMMENT = 4


_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_FENCE = re.compile(r"\s{0,3}(?:>\s?)*(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s|$)")
_QUOTE = re.compile(r"\s{0,3}>")
_KEY = re.compile(r"\s*(?:-\s+)?[\w-]+:(?=\s|$)")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_NOTE = re.compile(r"\s{0,3}\[\^[^\]]+\]:")
_LIST = re.compile(r"(?:\s|>)*(?:[-*+]|\d{1,9}[.)])(?=\s)")
_TABLE = re.compile(r"\s{0,3}(?:>\s?)*\|.*\|\s*$")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(
    r"(?<![*\w])\*(?![*\s])([^*]+?)(?<!\s)\*(?!\*)|(?<![_\w])_(?![_\s])([^_]+?)(?<!\s)_(?![_\w])"
)
_CITE = re.compile(r"\[(?:[^\]\[]*@[^\]\[]+|\^[^\]\[]+)\]")
_LINK = re.compile(r"!?\[[^\]\[]*\]\([^()\s]*(?:\([^()]*\))?[^()]*\)|<(?:https?|mailto):[^>\s]+>")


class MarkdownHighlighter(QSyntaxHighlighter):
    """Colours follow the theme given; nothing of the text is changed."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme` and colour anew."""

        def form(role: str, *, strong: bool = False) -> QTextCharFormat:
            made = QTextCharFormat()
            made.setForeground(theme.color(role))
            if strong:
                made.setFontWeight(QFont.Weight.Bold)
            return made

        self._formats = {
            "muted": form("textMuted"),
            "heading": form("accent", strong=True),
            "quote": form("supports"),
            "code": form("refutes"),
            "cite": form("conflicting"),
            "link": form("link"),
        }
        self.rehighlight()

    def _fence(self, text: str, before: int) -> bool:
        """Colour a line of a code block; whether it was one."""
        found = _FENCE.match(text)
        inside = before in (_State.BACKTICK_FENCE, _State.TILDE_FENCE)
        if not inside and found is None:
            return False
        self.setFormat(0, len(text), self._formats["code"])
        mark = found.group(1)[0] if found is not None else ""
        kind = _State.BACKTICK_FENCE if mark == "`" else _State.TILDE_FENCE
        if inside:
            bare = found is not None and not text[found.end() :].strip("`~ ")
            closes = bare and kind == before
            self.setCurrentBlockState(_State.PLAIN if closes else before)
        else:
            self.setCurrentBlockState(kind)
        return True

    def _front_matter(self, text: str, before: int) -> bool:
        """Colour a line of the front matter; whether it was one."""
        opens = self.currentBlock().blockNumber() == 0 and text.rstrip() == "---"
        if not opens and before != _State.FRONT_MATTER:
            return False
        if opens or text.rstrip() in ("---", "..."):
            self.setFormat(0, len(text), self._formats["muted"])
            self.setCurrentBlockState(_State.FRONT_MATTER if opens else _State.PLAIN)
            return True
        if found := _KEY.match(text):
            self.setFormat(0, found.end(), self._formats["muted"])
        self.setCurrentBlockState(_State.FRONT_MATTER)
        return True

    def _comment(self, text: str, before: int) -> bool:
        """Colour a line of an HTML comment; whether it was one."""
        opens = text.lstrip().startswith("<!--")
        if not opens and before != _State.COMMENT:
            return False
        self.setFormat(0, len(text), self._formats["muted"])
        self.setCurrentBlockState(_State.PLAIN if "-->" in text else _State.COMMENT)
        return True

    def _inline(self, text: str) -> None:
        """Colour what stands inside a line. Code and escaped signs are blanked first, so nothing is found in them."""
        for found in _CODE.finditer(text):
            self.setFormat(found.start(), len(found.group()), self._formats["code"])
        text = _CODE.sub(lambda found: " " * len(found.group()), text)
        text = _ESCAPE.sub("xx", text)
        if _TABLE.match(text):
            for place, sign in enumerate(text):
                if sign == "|":
                    self.setFormat(place, 1, self._formats["muted"])
        for pattern, name in ((_LINK, "link"), (_CITE, "cite")):
            for found in pattern.finditer(text):
                self.setFormat(found.start(), len(found.group()), self._formats[name])
        for found in _STRONG.finditer(text):
            self._shape(found.start(), found.end(), strong=True)
        for found in _EMPHASIS.finditer(_STRONG.sub(lambda hit: "  " + hit.group(2) + "  ", text)):
            self._shape(found.start(), found.end(), strong=False)

    def _shape(self, start: int, end: int, *, strong: bool) -> None:
        """Make `[start, end)` bold or italic and leave its colours."""
        for place in range(start, end):
            form = self.format(place)
            if strong:
                form.setFontWeight(QFont.Weight.Bold)
            else:
                form.setFontItalic(True)
            self.setFormat(place, 1, form)

    def _line(self, text: str) -> None:
        if _HEADING.match(text):
            self.setFormat(0, len(text), self._formats["heading"])
            return
        if _RULE.match(text):
            self.setFormat(0, len(text), self._formats["muted"])
            return
        if _QUOTE.match(text):
            self.setFormat(0, len(text), self._formats["quote"])
        elif found := _LIST.match(text):
            self.setFormat(0, found.end(), self._formats["muted"])
        self._inline(text)
        if found := _NOTE.match(text):
            self.setFormat(0, found.end(), self._formats["cite"])

    def highlightBlock(self, text: str) -> None:
        # Qt counts UTF-16 units: a character beyond the first plane takes two places
        line = _ASTRAL.sub("xx", text)
        before = self.previousBlockState()
        self.setCurrentBlockState(_State.PLAIN)
        if self._front_matter(line, before) or self._fence(line, before) or self._comment(line, before):
            return
        self._line(line)


def words_and_lines(text: str) -> tuple[int, int]:
    """How many words and lines a Markdown text has; signs alone are no words."""
    words = sum(1 for word in text.split() if any(sign.isalnum() for sign in word))
    return words, len(text.splitlines())
