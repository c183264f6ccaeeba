"""Text to selectors (`describe`) and a quote back to its place (`find_quote`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.domain.selectors import Segment, TextSpan
from annotator.errors import Ambiguous, InvalidValue, NotFound

CONTEXT = 32  # characters kept before and behind a quote, as in W3C examples and other annotation tools
# One character for one, so that offsets stay: what people type for what printers set.
_FOLD = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u02bc": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
        "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\n": " ", "\t": " ",
    }
)  # fmt: skip


def describe(text: str, span: TextSpan) -> Segment:
    """The segment for `span` of `text`, without white space at its edges.

    Raises:
        InvalidValue: the span is empty, blank or outside of the text.
    """
    start, end = span
    if not 0 <= start < end <= len(text):
        raise InvalidValue(
            f"The passage from {start} to {end} does not lie in the text of {len(text)} characters.",
            kept="Nothing was changed.",
            todo="Give a start and an end inside the text.",
        )
    start, end = trimmed(text, span)
    if start == end:
        raise InvalidValue(
            "The passage holds no words.", kept="Nothing was changed.", todo="Select some text first."
        )
    return Segment(
        start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    )


def trimmed(text: str, span: TextSpan) -> TextSpan:
    """`span` without white space at its edges; empty when it holds nothing else."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return TextSpan(start, end)


def joined(text: str, spans: Iterable[TextSpan]) -> tuple[TextSpan, ...]:
    """Passages as one annotation has them: in text order, without white space at their edges, empty ones left out.
    Those that overlap, or have nothing but white space between them, become one."""
    found: list[TextSpan] = []
    for start, end in sorted(trimmed(text, span) for span in spans):
        if start == end:
            continue
        if found and (start <= found[-1].end or text[found[-1].end : start].isspace()):
            found[-1] = TextSpan(found[-1].start, max(found[-1].end, end))
        else:
            found.append(TextSpan(start, end))
    return tuple(found)


def fold(text: str) -> str:
    """`text` with typographic quotes, dashes and spaces as their plain forms; the same length, so offsets stay."""
    return text.translate(_FOLD)


def occurrences(text: str, quote: str) -> Iterator[TextSpan]:
    """Every place of `quote` in `text`, in order, overlapping ones too. An empty quote has none."""
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield TextSpan(at, at + len(quote))
        at = text.find(quote, at + 1)


def find_quote(text: str, quote: str, *, occurrence: int | None = None) -> TextSpan:
    """The place of `quote` in `text`; `occurrence` counts from 1 and is needed when there are several.

    Falls back to a comparison in which typographic and plain quotes, dashes and spaces are the same.

    Raises:
        NotFound: the quote isn't in the text, or not that often.
        Ambiguous: it occurs more than once and no occurrence was given.
    """
    wanted = quote.strip()
    found = list(occurrences(text, wanted)) or list(occurrences(fold(text), fold(wanted)))
    short = wanted if len(wanted) <= 60 else f"{wanted[:57]}…"
    if not found:
        raise NotFound(
            f"The quote “{short}” is not in the article.",
            kept="Nothing was changed.",
            todo="Check its spelling against the article's text.",
        )
    if occurrence is None:
        if len(found) > 1:
            raise Ambiguous(
                f"The quote “{short}” occurs {len(found)} times in the article.",
                kept="Nothing was changed.",
                todo=f"Say which one with an occurrence from 1 to {len(found)}, or give a longer quote.",
            )
        return found[0]
    if not 1 <= occurrence <= len(found):
        raise NotFound(
            f"The quote “{short}” occurs {len(found)} {'time' if len(found) == 1 else 'times'} in the article, "
            f"there is no occurrence {occurrence}.",
            kept="Nothing was changed.",
        )
    return found[occurrence - 1]
