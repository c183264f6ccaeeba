"""The options that name a passage of an article: by its words or by its place."""

from __future__ import annotations

from dataclasses import dataclass

import click

from annotator.cli.frame import Function, text, usage
from annotator.domain.anchoring import find_quote
from annotator.domain.selectors import TextSpan


def passage_options(function: Function) -> Function:
    """Add `--quote`, `--occurrence`, `--start` and `--end`; the command passes them to `Passage`."""
    for option in (
        click.option("--end", type=int, help="Where it ends: code points of the canonical text, exclusive."),
        click.option("--start", type=int, help="Where it begins: code points of the canonical text."),
        click.option(
            "--occurrence", type=int, help="Which one, from 1, when the words occur more than once."
        ),
        click.option("--quote", type=text, help="The words of the passage."),
    ):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True)
class Passage:
    """What the options say; those that don't go together are wrong usage."""

    quote: str | None
    occurrence: int | None
    start: int | None
    end: int | None

    def __post_init__(self) -> None:
        by_place = self.start is not None or self.end is not None
        if (self.quote is not None) == by_place:
            raise usage("Give the passage either with --quote or with --start and --end.")
        if by_place and (self.start is None or self.end is None):
            raise usage("--start and --end go together.")
        if by_place and self.occurrence is not None:
            raise usage("--occurrence goes with --quote.")

    def of(self, canonical: str) -> TextSpan:
        """The place in a text.

        Raises:
            NotFound: the words aren't in it.
            Ambiguous: they occur more than once, and it wasn't said which is meant.
        """
        if self.quote is not None:
            return find_quote(canonical, self.quote, occurrence=self.occurrence)
        return TextSpan(self.start or 0, self.end or 0)
