"""Importing files: reading them here, understanding them in `importers`, storing them through `articles`."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.article import ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import MAX_FILE, Importer, ImportHints, Part, all_importers, importer_for
from annotator.services import articles
from annotator.services.articles import AddedArticle, Metadata, Original
from annotator.storage.store import Store


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person chose for a file: the encoding, the whole page instead of its main content, the parts wanted (their
    numbers in the outline; none: all)."""

    encoding: str | None = None
    whole_page: bool = False
    parts: tuple[int, ...] = ()


_AS_IT_IS = ImportOptions()


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """A file that was read and understood, ready to be stored."""

    imported: ImportedArticle
    original: Original


def read_file(path: Path, *, options: ImportOptions = _AS_IT_IS) -> ReadArticle:
    """Read and understand a file; needs no library, so it can run beside one.

    Raises:
        UnreadableFile: it is missing, a folder, too large, no text, or in no format that is known.
    """
    # A name may hold bytes that are no text; it is shown and stored as far as it is.
    name = os.fsencode(path.name).decode("utf-8", "replace")
    return read_bytes(read_whole(path), name=name, options=options)


def read_bytes(data: bytes, *, name: str, options: ImportOptions = _AS_IT_IS) -> ReadArticle:
    """Understand the bytes of a file; `name` says its format.

    Raises:
        UnreadableFile: as `read_file`.
    """
    importer = importer_for(name, data)
    imported = importer.read(data, _hints(name, options))
    return ReadArticle(imported, Original(name, importer.media_type, data, importer.name, importer.version))


def read_text(text: str, *, html: bool = False) -> ReadArticle:
    """Understand pasted text.

    Raises:
        UnreadableFile: there is no text in it.
    """
    name = "pasted.html" if html else "pasted.txt"
    return read_bytes(text.encode("utf-8", "replace"), name=name, options=ImportOptions(encoding="utf-8"))


def outline(path: Path) -> tuple[Part, ...]:
    """The parts of a file that may be chosen from, such as the chapters of a book; none where it is one piece.

    Raises:
        UnreadableFile: as `read_file`.
    """
    data, name = read_whole(path), path.name
    importer = importer_for(name, data)
    return importer.outline(data, _hints(name, _AS_IT_IS)) if importer.outline is not None else ()


def _hints(name: str, options: ImportOptions) -> ImportHints:
    return ImportHints(name, options.encoding, options.whole_page, options.parts)


def store_article(read: ReadArticle, *, metadata: Metadata | None = None) -> Callable[[Store], AddedArticle]:
    """The use case that stores what was read."""
    return lambda store: articles.add_article(
        store, imported=read.imported, original=read.original, metadata=metadata
    )


def formats() -> tuple[Importer, ...]:
    """The formats that can be read."""
    return all_importers()


def read_whole(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableFile: it is missing, no regular file, too large, or not to be read.
    """
    kept = "Nothing was added; the file was not touched."
    try:
        if path.is_dir():
            raise UnreadableFile(
                f"“{path.name or path}” is a folder.", kept=kept, todo="Choose the files inside it."
            )
        if path.stat().st_size > MAX_FILE:
            limit = MAX_FILE // (1024 * 1024)
            raise UnreadableFile(
                f"“{path.name}” is larger than {limit} MB.", kept=kept, todo="Import a part of it."
            )
        if not path.is_file():
            raise UnreadableFile(f"“{path.name}” is not a regular file.", kept=kept, todo="Choose a file.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(
            f"There is no file “{os.fspath(path)}”.", kept="Nothing was added.", todo="Check its name."
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"“{os.fspath(path)}” could not be read: {error}.", kept=kept) from error
