"""Expected trouble. Anything that is not a `UserError` is a bug."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class UserError(Exception):
    """Something a user can understand and act on.

    `what` says what happened, `kept` what was kept, `todo` what to do now; `str()` joins them in that order.
    """

    def __init__(self, what: str, *, kept: str = "", todo: str = "") -> None:
        self.what = what
        self.kept = kept
        self.todo = todo
        super().__init__(" ".join(part for part in (what, kept, todo) if part))


class NotFound(UserError):
    """An id, title or name that the library doesn't hold."""


class BrokenEntity(NotFound):
    """A thing that the library holds in a form that can't be read."""


class Ambiguous(UserError):
    """An abbreviation, title or quote that fits more than one thing."""


class InvalidValue(UserError):
    """A value outside what the domain allows, such as a confidence of 101."""


class MissingReference(InvalidValue):
    """A reference to a thing that the library doesn't hold."""


class UnreadableFile(UserError):
    """A file that can't be imported: missing, a folder, binary, empty, in an unknown format."""


class ConcurrentEdit(UserError):
    """A stale `rev`: somebody else changed the entity since it was read."""


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that two people changed: what both began with, what the other one stored, what this one wants. A member
    of a record is named "record/member"."""

    field: str
    base: Any
    theirs: Any
    mine: Any


class EditConflict(ConcurrentEdit):
    """Two people changed the same fields of one thing. `mine` is the thing as the one wanted it who was not stored,
    `base` as it was when the editing began."""

    def __init__(self, kind: str, fields: tuple[FieldConflict, ...], *, base: Any, mine: Any) -> None:
        self.kind, self.fields, self.base, self.mine = kind, fields, base, mine
        names = ", ".join(conflict.field.rpartition("/")[2] for conflict in fields)
        super().__init__(
            f"This {kind} was changed elsewhere in the meantime ({names}).",
            kept="The other change is kept, and so is yours, which was not stored.",
            todo="Choose between them.",
        )


class LibraryError(UserError):
    """The library file can't be opened, or can't be opened for writing."""


class NewerLibrary(LibraryError):
    """The library was made by a newer version of the program."""


class DamagedFile(LibraryError):
    """A library or a backup whose content doesn't hold together."""


class ReadOnlyLibrary(LibraryError):
    """A change was asked for in a library that is open for reading only."""
