"""Lines to running text: hyphens at line ends taken out or kept, and marks for how words are set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from annotator.domain.article import Mark, MarkKind
from annotator.importers.pdf.lines import Line
from annotator.importers.pdf.words import Word

_TOKEN = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_HYPHENS = "-‐\u00ad"
_FRAGMENT = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-‐\u00ad]$")
_PARTNERS = frozenset({"self", "well", "long"})  # begin compounds, and hardly ever what is cut off a word
_MAY_BE = frozenset({
    "high", "low", "short", "half", "full", "cross", "counter", "anti", "non", "pre", "post", "first", "second",
    "third", "two", "three", "four", "five", "six", "ten", "large", "small", "right", "left", "hard", "soft", "open",
})  # fmt: skip
_GROWN = frozenset({  # begin words that are written as one
    "some", "any", "every", "with", "through", "under", "over", "when", "where", "what", "there", "here", "never",
    "further", "more", "back", "fore", "down", "after", "other", "hand", "land", "work", "house",
})  # fmt: skip
_AND = frozenset({"und", "oder", "and", "or", "bzw", "et", "ou", "y", "o", "to", "als"})
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_BARE_ADDRESS = re.compile(r"https?://[^\s<>\"“”]{4,}")
_OPENING, _CLOSING = "([“‘«\"'", ".,;:!?)]”’»\"'"
_SIGNS = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u00ad": None,
        "\u00a0": " ",
    }
)


def spelled(text: str) -> str:
    """`text` with its ligatures as letters, without signs that are only there to be set."""
    return text if text.isascii() else text.translate(_SIGNS)


class Vocabulary:
    """The words a document writes on one line, by which those cut in two are judged."""

    def __init__(self, lines: Iterable[Sequence[Line]]) -> None:
        self._words: Counter[str] = Counter()
        for page in lines:
            cut = False
            for line in page:
                text = spelled(line.text)
                tokens = _TOKEN.findall(text)
                if cut:
                    tokens = tokens[1:]
                cut = line.words[-1].text[-1] in _HYPHENS
                self._words.update(map(str.casefold, tokens[:-1] if cut else tokens))

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Whether the hyphen between the end of a line and the next one belongs to the word."""
        one, two = before.casefold(), after.casefold()
        if not two[:1].isalpha() or after[:1].isupper() or not one:
            return True
        if self._words[one + two]:
            return self._words[f"{one}-{two}"] > self._words[one + two]
        if self._words[f"{one}-{two}"]:
            return True
        last = one.rpartition("-")[2]
        if last in _PARTNERS and len(two) > 2:
            return True
        if last in _MAY_BE:
            return self._words[two] > 0
        known = self._words[one] > 1 and self._words[two] > 1
        return known and len(one) > 3 and len(two) > 3 and one not in _GROWN


RefOf = Callable[[Word], str]


def running_text(
    lines: Sequence[Line], vocabulary: Vocabulary, *, plain: bool = False, reference: RefOf | None = None
) -> tuple[str, tuple[Mark, ...]]:
    """The text of `lines` and its marks; `plain` leaves bold out, as headings are bold anyway. `reference` gives the
    label of the note that a raised word refers to, or ""."""
    parts: list[str] = []
    spans: list[tuple[MarkKind, int, int, str]] = []
    length = 0
    all_italic = all(word.style.italic for line in lines for word in line.words)
    for number, line in enumerate(lines):
        for place, word in enumerate(line.words):
            text = spelled(word.text)
            space = "" if word.glued or not parts else " "
            if place == 0 and number > 0:
                cut = len(parts[-1])
                space = _seam(parts, text, vocabulary)
                length += len(parts[-1]) - cut
            parts += [space, text] if space else [text]
            length += len(space)
            if not word.link and text.startswith("http"):
                word.link = _printed_address(lines, number, place)
            set_off = word.raised or word.link or word.style.bold or word.style.italic
            for kind, value in _kinds(word, plain, all_italic, reference) if set_off else ():
                spans.append((kind, length, length + len(text), value))
            length += len(text)
    text = "".join(parts)
    marks = (_trimmed(mark, text) for mark in _joined(spans, text))
    return text, tuple(sorted(marks, key=lambda mark: mark.start))


def _kinds(
    word: Word, plain: bool, all_italic: bool, reference: RefOf | None
) -> Iterable[tuple[MarkKind, str]]:
    if word.raised > 0:
        label = reference(word) if reference else ""
        yield (MarkKind.NOTE_REF, label) if label else (MarkKind.SUPERSCRIPT, "")
    elif word.raised < 0:
        yield MarkKind.SUBSCRIPT, ""
    if word.style.bold and not plain:
        yield MarkKind.STRONG, ""
    if word.style.italic and not all_italic:
        yield MarkKind.EMPHASIS, ""
    if word.link:
        yield MarkKind.LINK, word.link


def _printed_address(lines: Sequence[Line], number: int, place: int) -> str:
    """The address that a word spells, "" if it is none or may go on in the next line."""
    words = lines[number].words
    last = place + 1 == len(words)
    goes_on = number + 1 < len(lines) if last else words[place + 1].glued
    match = None if goes_on else _BARE_ADDRESS.match(words[place].text)
    return match[0].rstrip(_CLOSING) if match else ""


def _seam(parts: list[str], text: str, vocabulary: Vocabulary) -> str:
    """What stands between the last word of a line and the first one of the next; a hyphen that only cut a word is
    taken out of `parts`."""
    last = parts[-1]
    if not last:
        return " "
    if last[-1] in _HYPHENS and len(last) > 1:
        match = _FRAGMENT.search(last)
        after = _TOKEN.match(text)
        if not match or not after or after[0].casefold() in _AND:
            return "" if match is None or after is None or not last[-2].isalnum() else " "
        if not vocabulary.keeps_hyphen(match[1], after[0]):
            parts[-1] = last[:-1]
        return ""
    if last[-1] in "–—/" and len(last) > 1 and text[:1].isalnum():
        return ""
    if _CJK.match(last[-1]) and _CJK.match(text[:1]):
        return ""
    return " "


def _trimmed(mark: Mark, text: str) -> Mark:
    """A link without the signs of the sentence around it, as links begin and end with words here."""
    if mark.kind is not MarkKind.LINK:
        return mark
    words = text[mark.start : mark.end].rstrip(_CLOSING)
    start = mark.start + len(words) - len(words.lstrip(_OPENING))
    return mark._replace(start=start, end=mark.start + len(words)) if words.strip(_OPENING) else mark


def _joined(spans: Sequence[tuple[MarkKind, int, int, str]], text: str) -> Iterable[Mark]:
    """Marks of one kind that only a space parts as one."""
    open_marks: dict[MarkKind, Mark] = {}
    for kind, start, end, value in spans:
        mark = open_marks.get(kind)
        if (
            mark
            and mark.value == value
            and not text[mark.end : start].strip()
            and kind is not MarkKind.NOTE_REF
        ):
            open_marks[kind] = mark._replace(end=end)
            continue
        if mark:
            yield mark
        open_marks[kind] = Mark(kind, start, end, value)
    yield from open_marks.values()
