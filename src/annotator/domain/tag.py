"""Tags: named categories with a colour, a line pattern and a key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.entity import Entity
from annotator.domain.ids import TagId


class TagColour(StrEnum):
    """The eight tag colours of the themes; each has a line pattern of its own."""

    AMBER = "amber"
    BLUE = "blue"
    BRICK = "brick"
    GREEN = "green"
    VIOLET = "violet"
    TEAL = "teal"
    ROSE = "rose"
    SLATE = "slate"


class LinePattern(StrEnum):
    """How the line under a tagged passage is drawn."""

    SOLID = "solid"
    DASHED = "dashed"
    WAVY = "wavy"
    DOTTED = "dotted"
    DOUBLE = "double"
    DASH_DOT = "dash-dot"
    THICK = "thick"
    TICKS = "ticks"


PATTERN_OF = dict(zip(TagColour, LinePattern, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Entity):
    """A category. `key` is one of "1" to "8", or "" when no key sets this tag."""

    id: TagId
    name: str
    parent_id: TagId | None = None
    definition: str = ""
    colour: TagColour = TagColour.AMBER
    pattern: LinePattern = LinePattern.SOLID
    key: str = ""


# What a new library starts with: name, colour, definition; keys 1 to 8 in this order.
FIRST_TAGS = (
    ("Statistic", TagColour.AMBER, "A number, a count, a rate."),
    ("Cause", TagColour.BLUE, "One thing is said to bring about another."),
    ("Attack", TagColour.BRICK, "An objection to another statement or its author."),
    ("Compare", TagColour.GREEN, "Two things are held against each other."),
    ("Authority", TagColour.VIOLET, "Rests on who said it."),
    ("Trend", TagColour.TEAL, "Something rises, falls or stays over time."),
    ("Forecast", TagColour.ROSE, "Says what will happen."),
    ("Method", TagColour.SLATE, "How something was measured or found."),
)
