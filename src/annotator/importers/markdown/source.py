"""Markdown as people write it, in that which Python-Markdown reads: line by line, in one pass, code left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.importers.markdown.attributes import is_attributes, without_attributes
from annotator.importers.markdown.lists import FENCE, ITEM, closes, relevelled
from annotator.importers.markdown.notes import Notes

_MAX_DEPTH = 24  # of quotes
_QUOTE = re.compile(r" {0,3}>")
_QUOTE_IN_ITEM = re.compile(r" {0,7}>")  # under an item of an item, too
_IN_QUOTE = re.compile(r" {0,7}> ?")
_CALLOUT = re.compile(r"\[!([\w -]{1,40})(?:\|[^\]\n]*)?\][+-]?[ \t]*(.*)")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ ]+([\w-]+)((?:[ ]+[\w-]+)*)(?:[ ]+\"(.*)\")?[ ]*")
_INFO = re.compile(r"\s*\{?\s*\.?([\w+#.-]{0,20})")
_CONTENTS = re.compile(r"\s*(?:\[\[?_?TOC_?\]\]?|\{:toc\}|\\tableofcontents)\s*", re.IGNORECASE)
_BOX = re.compile(r" {0,3}:{3,}\s*(?:\{[^}]*\}|[\w-]*)\s*:*\s*")
_HASHTAGS = re.compile(r"(?:#[^\W\d_][\w/-]*\s+)+#[^\W\d_][\w/-]*\s*|#[a-z][\w/-]*\s*|#\d.*")
_HEADING = re.compile(r"\s*#{1,6}\s|#{1,6}[^\s#]")
_INDENT = re.compile(r"^(?: {4}|\t)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*")
_ABBREVIATION = re.compile(r" {0,3}\*\[([^\]\n]{1,100})\]:[ \t]*(.*)")
_DEFINITION = re.compile(r" {0,3}:[ ]{1,3}\S")
_DELIMITERS = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_WRAPPERS = "div section article center details main header footer aside nav p"
_WRAPPER = re.compile(rf"<(/?)({_WRAPPERS.replace(' ', '|')})(?:\s[^<>]*)?>", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<(?=\?|!(?!--|doctype\s))", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary(?:\s[^<>]*)?>(.*?)</summary>", re.IGNORECASE | re.DOTALL)


def prepared(text: str, notes: Notes, depth: int = 0) -> str:
    """`text` with what Python-Markdown doesn't read put in words that it does read; no word is added or lost.

    Lists get the indentation it needs, callouts and admonitions become quotes, formulas that stand alone become code.
    Footnotes and addresses of links go to `notes`; attributes and tables of contents are dropped. `depth` counts the
    quotes around.
    """
    return relevelled("\n".join(_Source(text.split("\n"), notes, depth).lines()))


class _Source:
    def __init__(self, lines: list[str], notes: Notes, depth: int) -> None:
        self._lines = lines
        self._notes = notes
        self._depth = depth
        self._written: list[str] = []
        self._chunk: list[str] = []  # lines without a blank one or code between them
        self._in_item = False  # an indented line goes on with a list item or a note

    def lines(self) -> list[str]:
        at = 0
        while at < len(self._lines):
            at = self._next(at)
        self._end_chunk()
        return self._written

    def _next(self, at: int) -> int:
        """Take the line `at`, and those that belong to it; where to go on."""
        line = self._lines[at]
        if not line.strip():
            self._end_chunk()
            self._written.append("")
            return at + 1
        if not self._chunk and not self._in_item and line.startswith(("    ", "\t")):
            self._written.append(line)  # indented code
            return at + 1
        if (item := ITEM.match(line)) and FENCE.match(line, item.end()):
            self._chunk.append(f"{item.group()}<span></span>")  # an item must begin with words
            line = self._lines[at] = " " * item.end() + line[item.end() :]
        if fence := FENCE.match(line):
            return self._fenced(at, fence)
        if "[^" in line and (note := self._notes.begins(line)):
            return self._note(at, note)
        if line.lstrip().startswith("$$") and (end := self._formula_end(at)):
            self._block([f"{_indent(line)}~~~~~~math", *self._lines[at : end + 1], f"{_indent(line)}~~~~~~"])
            return end + 1
        if self._depth < _MAX_DEPTH:
            if (_QUOTE_IN_ITEM if self._in_item else _QUOTE).match(line):
                return self._quoted(at)
            if line.startswith(("!!!", "???")) and (match := _ADMONITION.fullmatch(line)):
                return self._admonition(at, match)
        self._chunk.append(line)
        return at + 1

    # Blocks of several lines

    def _fenced(self, at: int, fence: re.Match[str]) -> int:
        """Fenced code with nothing but its language behind the fence; one that is never closed ends with the text."""
        indent, run = _indent(self._lines[at]), fence.group(1)
        language = _INFO.match(self._lines[at], fence.end())
        code: list[str] = []
        end = at + 1
        while end < len(self._lines) and not closes(self._lines[end], run):
            line = self._lines[end]
            own = len(line) - len(line.lstrip(" "))
            code.append(f"{indent}{line[min(len(indent), own) :]}" if line.strip() else "")
            end += 1
        self._block([f"{indent}{run}{language.group(1) if language else ''}", *code, f"{indent}{run}"])
        return end + 1

    def _note(self, at: int, match: re.Match[str]) -> int:
        """A footnote with the lines under it, and the paragraphs that are indented behind those."""
        self._end_chunk(ends_item=False)
        name, line = match.group(1), self._lines[at][match.end() :]
        while inner := self._notes.begins(line):
            self._notes.define(name, "")
            name, line = inner.group(1), line[inner.end() :]
        text = [line]
        end = at + 1
        while end < len(self._lines):
            line = self._lines[end]
            if self._notes.begins(line):
                break
            following = self._lines[end + 1] if end + 1 < len(self._lines) else ""
            if "]:" in line and (taken := self._notes.take_address(line, following)):
                end += taken
                continue
            indented = line.startswith(("    ", "\t"))
            if line.strip() and not text[-1].strip() and not indented and (end > at + 1 or text[0]):
                break
            text.append(_INDENT.sub("", line))
            end += 1
        self._notes.define(name, "\n".join(text))
        self._written.append("")
        return end

    def _formula_end(self, at: int) -> int:
        """The last line of a formula over several lines that begins at `at`, 0 if there is none."""
        if self._lines[at].count("$$") > 1:
            return 0
        for end in range(at + 1, min(at + 200, len(self._lines))):
            line = self._lines[end].rstrip()
            if not line or "$$" in line[:-2]:
                return 0
            if line.endswith("$$"):
                return end
        return 0

    def _quoted(self, at: int) -> int:
        indent = _indent(self._lines[at])
        end = at
        inner: list[str] = []
        while end < len(self._lines) and (match := _IN_QUOTE.match(self._lines[end])):
            inner.append(self._lines[end][match.end() :])
            end += 1
        callout = _CALLOUT.fullmatch(inner[0])
        if callout:
            kind = callout.group(1).replace("-", " ").strip().capitalize()
            inner[:1] = [_strong(callout.group(2) or kind), ""]
        self._end_chunk(ends_item=False)
        self._write_quote(inner, indent)
        return end

    def _admonition(self, at: int, match: re.Match[str]) -> int:
        kind, more, title = match.groups()
        end = at + 1
        while end < len(self._lines) and (
            not self._lines[end].strip() or self._lines[end].startswith(("    ", "\t"))
        ):
            end += 1
        inner = [_INDENT.sub("", line) for line in self._lines[at + 1 : end]]
        if not any(line.strip() for line in inner) or (more and title is None):
            self._chunk.append(self._lines[at])
            return at + 1
        while not inner[-1].strip():
            inner.pop()
        words = kind.replace("-", " ").capitalize() if title is None else title.strip()
        self._end_chunk()
        self._written.append("")
        self._write_quote([*([_strong(words), ""] if words else []), *inner], "")
        self._written.append("")
        return end

    def _write_quote(self, inner: Sequence[str], indent: str) -> None:
        for line in prepared("\n".join(inner), self._notes, self._depth + 1).split("\n"):
            self._written.append(f"{indent}> {line}" if line else f"{indent}>")

    def _block(self, lines: Sequence[str]) -> None:
        """Write lines as they are, with blank ones around them."""
        self._end_chunk(ends_item=False)
        self._written += ("", *lines, "")

    # Lines of a paragraph, list, table …

    def _end_chunk(self, *, ends_item: bool = True) -> None:
        lines, self._chunk = self._chunk, []
        if not lines:
            return
        begins = ITEM.match(lines[0]) or _DEFINITION.match(lines[0])
        if begins or any(ITEM.match(line) for line in lines):
            self._in_item = True
        elif not lines[0][0].isspace() and ends_item:
            self._in_item = any(map(_DEFINITION.match, lines))
        if lines[0].lstrip().startswith("<"):
            lines = _without_open_wrappers(lines)
        lines = list(self._single_lines(lines))
        text = "\n".join(_apart(lines))
        self._written += self._notes.lift(text).split("\n")

    def _single_lines(self, lines: Sequence[str]) -> Iterator[str]:
        skipped = 0
        for number, line in enumerate(lines):
            following = lines[number + 1] if number + 1 < len(lines) else ""
            if skipped:
                skipped -= 1
            elif "]:" in line and (taken := self._notes.take_address(line, following)):
                skipped = taken - 1
            elif not is_attributes(line):
                yield from self._single_line(line, following)

    def _single_line(self, line: str, following: str) -> Iterator[str]:
        if _CONTENTS.fullmatch(line) or _BOX.fullmatch(line):
            yield ""
        elif match := _ABBREVIATION.fullmatch(line):
            yield from ("", f"{match.group(1)}: {match.group(2)}", "")
        elif _HASHTAGS.fullmatch(line):
            yield f"\\{line}"
        else:
            if _HEADING.match(line) or _UNDERLINE.fullmatch(following) or "{:" in line:
                line = without_attributes(line)  # in other lines braces may be words
            yield self._notes.as_words(_without_instructions(line))


def _apart(lines: Sequence[str]) -> list[str]:
    """`lines` with blank ones where a table or another definition begins."""
    written: list[str] = []
    defined = False
    for number, line in enumerate(lines):
        if _DEFINITION.match(line):
            if defined:
                before = written[-1]
                is_term = not _DEFINITION.match(before) and before[:1].strip()
                written.insert(len(written) - bool(is_term), "")
            defined = True
        elif "|" in line and number > 1 and _DELIMITERS.fullmatch(line) and "|" in lines[number - 1]:
            written.insert(len(written) - 1, "")
        written.append(line)
    return written


def _without_open_wrappers(lines: list[str]) -> list[str]:
    """Lines of HTML without tags that only wrap, if they end behind a blank line: what is in them is Markdown."""
    text = "\n".join(lines)
    opened: dict[str, int] = {}
    for match in _WRAPPER.finditer(text):
        tag = match.group(2).lower()
        opened[tag] = opened.get(tag, 0) + (-1 if match.group(1) else 1)
    if not any(opened.values()):
        return lines
    text = _SUMMARY.sub(r"\n\n<p><strong>\1</strong></p>\n\n", _WRAPPER.sub("\n\n", text))
    return [line.lstrip() if line.lstrip().startswith("<") else line for line in text.split("\n")]


def _without_instructions(line: str) -> str:
    """`line` in which "<?" and "<!" are signs: one that is never closed makes Python-Markdown repeat words."""
    return line if "`" in line else _INSTRUCTION.sub("&lt;", line)


def _strong(words: str) -> str:
    return words if "*" in words else f"**{words.strip()}**"


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())].expandtabs(4)
