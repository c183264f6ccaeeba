"""Expected trouble. Anything that is not a `UserError` is a bug."""

from __future__ import annotations


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


class LibraryError(UserError):
    """The library file can't be opened, or can't be opened for writing."""


class NewerLibrary(LibraryError):
    """The library was made by a newer version of the program."""
