"""The blocks of an article as Markdown: paragraphs, lists, quotes, code, tables and the article's own footnotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from annotator.domain.article import OBJECT, ArticleText, Block, BlockKind, MarkKind
from annotator.exporters.markdown_inline import Markings, Reference, picture_words, render_inline
from annotator.exporters.markdown_text import fence, heading, inline, lines

MAX_QUOTES = 9  # deeper quotes than that are set like the ninth
_ORDERED = re.compile(r"\(?(\d{1,9})[.)]")
_LINE = re.compile(r"\n(?=[^\n])")
_SIMPLE_LABEL = re.compile(r"[A-Za-z0-9]{1,20}")
Behind = Callable[[Sequence[int]], Sequence[str]]


def no_boxes(_indices: Sequence[int]) -> Sequence[str]:
    """What stands behind a group of blocks when nothing does."""
    return ()


class BlockWriter:
    """Renders the blocks of one text. `markings` are what the annotations put into them, by the block's index."""

    def __init__(self, text: ArticleText, markings: dict[int, Markings]) -> None:
        self._text = text
        self._markings = markings
        self._notes = note_labels(text.blocks)

    def body(self, behind: Behind = no_boxes) -> str:
        """Everything but the article's own footnotes. `behind` gives the chunks to set behind a group of blocks."""
        chunks: list[tuple[int, str]] = []
        before: BlockKind | None = None
        boxed = False
        for _, group in groupby(self._visible(), key=self._group_key):
            members = list(group)
            depth = _depth(members[0][1])
            if depth and boxed:
                chunks.append((0, "<!-- -->"))  # else the quote would belong to the box before it
            kind = members[0][1].kind
            if depth and kind is BlockKind.CODE and before in (BlockKind.CODE, BlockKind.LIST_ITEM):
                chunks.append((depth, "<!-- -->"))  # else it would belong to the list or code before it
            before = kind
            chunks.append((depth, self._group(members)))
            boxes = behind([index for index, _ in members])
            boxed = bool(boxes)
            if boxed and depth:
                chunks.append((0, "<!-- -->"))
            chunks.extend((0, box) for box in boxes)
        return _joined(chunks)

    def notes(self) -> list[str]:
        """The definitions of the article's own footnotes, in text order."""
        paragraphs: dict[str, list[str]] = {}
        for index, block in enumerate(self._text.blocks):
            if block.kind is BlockKind.NOTE and block.label in self._notes:
                paragraphs.setdefault(self._notes[block.label], []).append(self._paragraph(index, block))
        return [definition(label, parts) for label, parts in paragraphs.items()]

    def _visible(self) -> Iterator[tuple[int, Block]]:
        for index, block in enumerate(self._text.blocks):
            if block.kind is not BlockKind.NOTE or block.label not in self._notes:
                yield index, block

    @staticmethod
    def _group_key(member: tuple[int, Block]) -> tuple[int, int, int]:
        index, block = member
        if block.kind is BlockKind.CELL:
            return (-1, block.table, _depth(block))
        if block.kind is BlockKind.LIST_ITEM:
            return (-2, 0, _depth(block))
        return (index, 0, 0)

    def _group(self, members: list[tuple[int, Block]]) -> str:
        index, block = members[0]
        match block.kind:
            case BlockKind.CELL:
                return self._table(members)
            case BlockKind.LIST_ITEM:
                return self._list(members)
            case BlockKind.HEADING:
                source = self._words(index, block, bare=True)
                return f"{'#' * min(max(block.level, 1), 6)} {heading(source)}{self._left_over(index, block)}"
            case BlockKind.CODE:
                return self._code(index, block)
            case BlockKind.RULE if not self._text.text[block.start : block.end].strip():
                return "* * *" + "".join(f"\n\n{chunk}" for chunk in self._stray(index))
        return self._paragraph(index, block)

    def _words(self, index: int, block: Block, *, bare: bool = False) -> str:
        italic = block.kind is BlockKind.STANDFIRST
        return render_inline(
            self._text.text, block, self._markings.get(index), self._notes, italic=italic, bare=bare
        )

    def _paragraph(self, index: int, block: Block) -> str:
        return lines(self._words(index, block)) + self._left_over(index, block)

    def _left_over(self, index: int, block: Block) -> str:
        """The references of an empty block, which have no words to stand behind."""
        return "".join(self._stray(index)) if block.start == block.end else ""

    def _stray(self, index: int) -> list[str]:
        markings = self._markings.get(index)
        found: Sequence[Reference] = sorted(markings.references) if markings else ()
        return ["".join(f"[^{reference.label}]" for reference in found)] if found else []

    def _code(self, index: int, block: Block) -> str:
        """Code with the references of its passages under it, as nothing inside of a fence is read."""
        code = self._text.text[block.start : block.end].replace(OBJECT, picture_words(""))
        if (
            _depth(block) and "&#" in code
        ):  # trips Python-Markdown's parser, which reads what is indented as HTML first
            source = f"<code>{lines(inline(code.expandtabs(4), in_link=True), one_line=True)}</code>"
        elif _depth(block):
            source = "\n".join(f"    {line.expandtabs(4)}" for line in code.split("\n"))
        else:
            source = fence(code, block.label)
        return "\n\n".join([source, *self._stray(index)])

    def _list(self, members: list[tuple[int, Block]]) -> str:
        """One list; each level is indented by four spaces, which all dialects take for a level."""
        rows: list[str] = []
        level = 0
        for index, block in members:
            before, level = level, min(max(block.level, 1), level + 1)
            number = _ORDERED.fullmatch(block.label.strip())
            if number and before and level > before and int(number.group(1)) != 1:
                rows.append("")  # CommonMark: only "1." may begin a list right under words
            marker = f"{int(number.group(1))}." if number else "-"
            rows.append(f"{'    ' * (level - 1)}{marker} {lines(self._words(index, block), one_line=True)}")
        return "\n".join(rows)

    def _table(self, members: list[tuple[int, Block]]) -> str:
        """A pipe table. Without a row of headings it gets an empty one, as every dialect wants one."""
        rows: list[list[str]] = []
        headed = members[0][1].header
        for _, group in groupby(members, key=lambda member: member[1].row):
            row: list[str] = []
            for index, block in group:
                row += [""] * (min(block.column, 200) - len(row))
                row.append(lines(self._words(index, block), one_line=True) + self._left_over(index, block))
            rows.append(row)
        width = max(len(row) for row in rows)
        if not headed:
            rows.insert(0, [])
        full = [row + [""] * (width - len(row)) for row in rows]
        full.insert(1, ["---"] * width)
        return "\n".join(f"| {' | '.join(row)} |" for row in full)


def note_labels(blocks: Sequence[Block]) -> dict[str, str]:
    """The footnote labels of the article's own notes that the text refers to, by their label in the text."""
    known = dict.fromkeys(block.label for block in blocks if block.kind is BlockKind.NOTE and block.label)
    if not known:
        return {}
    used = {
        mark.value
        for block in blocks
        if block.kind is not BlockKind.NOTE and block.kind is not BlockKind.CODE
        for mark in block.marks
        if mark.kind is MarkKind.NOTE_REF and not _inside_link(mark.start, mark.end, block)
    }
    simple = all(_SIMPLE_LABEL.fullmatch(label) for label in known)
    return {
        label: f"a{label}" if simple else f"a{number}"
        for number, label in enumerate(known, start=1)
        if label in used
    }


def _inside_link(start: int, end: int, block: Block) -> bool:
    """Whether a note's number is a part of a longer link, where no footnote can stand."""
    return any(
        mark.kind is MarkKind.LINK
        and mark.start < end
        and start < mark.end
        and (mark.start, mark.end) != (start, end)
        for mark in block.marks
    )


def definition(label: str, paragraphs: Sequence[str]) -> str:
    """A footnote: later paragraphs are indented by four spaces, as Python-Markdown, Pandoc and GitHub want it."""
    first, *others = paragraphs
    return "\n\n".join([f"[^{label}]: {_indented(first)}", *(f"    {_indented(part)}" for part in others)])


def _indented(part: str) -> str:
    return _LINE.sub("\n    ", part) if "\n" in part else part


def _depth(block: Block) -> int:
    own = max(block.level, 1) if block.kind is BlockKind.QUOTE else 0
    return min(max(block.quoted, own), MAX_QUOTES)


def _joined(chunks: Sequence[tuple[int, str]]) -> str:
    """The chunks with an empty line between them; quoted ones with their marks at every line."""
    parts: list[str] = []
    before = 0
    for depth, source in chunks:
        if parts:
            shared = min(before, depth)
            parts.append(f"\n{'> ' * shared}".rstrip(" ") + "\n")
        prefix = "> " * depth
        parts.append(prefix + source.replace("\n", f"\n{prefix}") if depth else source)
        before = depth
    return "".join(parts)
