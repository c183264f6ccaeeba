"""The schema's history: one file below `versions` for each schema since the first, which ends in one `STEP`.

`migration` runs them. Schema 1 is what the first version made; a library of every schema that was ever released is kept
with the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.operations import Operations


@dataclass(frozen=True, slots=True)
class Step:
    """What turns a library of one schema into one of the next.

    `changed` names the tables whose rows it changes on purpose; in all others every row must be what it was. Whatever
    it says, the journal, the texts of articles and the attached files never change. Columns are added, and tables are
    not made anew: salvaging relies on tables beginning in a file where they always did.
    """

    upgrade: Callable[[Operations], None]
    changed: frozenset[str] = frozenset()


def step_to(version: int) -> Step:
    """The step that ends at that schema."""
    step = import_module(f"{__name__}.versions.schema_{version}").STEP
    assert isinstance(step, Step)
    return step
