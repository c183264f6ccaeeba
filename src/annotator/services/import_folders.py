"""Which files are meant when files and folders are given to be imported."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.importers.base import all_importers

MOST = 10_000  # files in one go
_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".xht")
_LEFT_BEHIND = frozenset({"__MACOSX"})  # folders that archives leave behind


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that isn't taken, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files to read, in order; what was skipped; how many were hidden; and whether there were more than `MOST`."""

    files: tuple[Path, ...]
    skipped: tuple[Skipped, ...] = ()
    hidden: int = 0
    too_many: bool = False


@dataclass(slots=True)
class _Finding:
    files: dict[Path, None] = field(default_factory=dict)  # in order, each once
    skipped: list[Skipped] = field(default_factory=list)
    hidden: int = 0

    def is_full(self) -> bool:
        return len(self.files) + len(self.skipped) >= MOST


def files_in(paths: Sequence[Path]) -> FoundFiles:
    """The files among `paths`, and those in the folders among them, in any depth.

    A file that is named itself is always taken. Of a folder those are taken whose ending is that of a known format;
    links to other folders are not followed, and what belongs to a saved page (its folder `…_files`) is passed over.
    """
    found = _Finding()
    endings = frozenset(ending for one in all_importers() for ending in one.extensions)
    too_many = False
    for path in paths:
        if not path.is_dir():
            too_many = too_many or found.is_full()
            if not found.is_full():
                found.files.setdefault(path)
        elif not _take_folder(path, endings, found):
            too_many = True
    return FoundFiles(tuple(found.files), tuple(found.skipped), found.hidden, too_many)


def _take_folder(folder: Path, endings: frozenset[str], found: _Finding) -> bool:
    """Take what is in a folder; False when there was more than is taken in one go."""

    def unreadable(error: OSError) -> None:
        reason = f"The folder can't be read: {error.strerror or error}."
        found.skipped.append(Skipped(Path(error.filename or folder), reason))

    for above, folders, names in os.walk(folder, onerror=unreadable):
        shown = [name for name in folders if not _is_hidden(Path(above, name))]
        found.hidden += len(folders) - len(shown)
        folders[:] = sorted(_without_parts_of_pages(shown, names))
        for name in sorted(names):
            if found.is_full():
                return False
            _take(Path(above, name), endings, found)
    return True


def _take(path: Path, endings: frozenset[str], found: _Finding) -> None:
    if _is_hidden(path):
        found.hidden += 1
    elif path.suffix.lower() in endings:
        found.files.setdefault(path)
    else:
        what = f"Files with the ending “{path.suffix}” are" if path.suffix else "A file without an ending is"
        found.skipped.append(Skipped(path, f"{what} not looked for in folders. Open it by itself to try."))


def _without_parts_of_pages(folders: Iterable[str], names: Sequence[str]) -> Iterator[str]:
    """The folders without those that browsers write beside a saved page, and those that archives leave behind."""
    pages = {name[: -len(ending)] for name in names for ending in _PAGE_ENDINGS if name.endswith(ending)}
    for name in folders:
        page = name.removesuffix("_files")
        if name not in _LEFT_BEHIND and (page == name or page not in pages):
            yield name


def _is_hidden(path: Path) -> bool:
    if path.name.startswith("."):
        return True
    if os.name != "nt":
        return False
    try:
        attributes = getattr(path.lstat(), "st_file_attributes", 0)
    except OSError:
        return False
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)
