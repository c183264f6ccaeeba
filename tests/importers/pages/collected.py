"""The pages the rules were made on, and those they were tried on afterwards."""

from __future__ import annotations

from tests.importers.pages import assorted, blogs, held_out, institutes, magazines, offices, press, world
from tests.importers.pages.page import Page


def tuned_on() -> tuple[Page, ...]:
    """Pages that were looked at while the rules were made."""
    return (*press.pages(), *blogs.pages(), *institutes.pages(), *world.pages())


def not_tuned_on() -> tuple[Page, ...]:
    """Pages that were written afterwards."""
    return tuple(held_out.pages())


def second_round() -> tuple[Page, ...]:
    """Pages that were written after those."""
    return (*magazines.pages(), *offices.pages())


def third_round() -> tuple[Page, ...]:
    """Pages that were written after those."""
    return tuple(assorted.pages())
