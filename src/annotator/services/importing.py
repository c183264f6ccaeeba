"""Importing files: reading them here, understanding them in `importers`, storing them through `articles`."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from annotator.domain.article import ImportedArticle
from annotator.domain.entity import EMPTY
from annotator.errors import UnreadableFile
from annotator.importers.base import (
    Importer,
    ImportHints,
    Part,
    all_importers,
    importer_for,
    most_bytes,
    too_large,
)
from annotator.importers.pictures import MAX_BESIDE, MAX_BYTES, MAX_PICTURES, may_be_shown
from annotator.importers.process.sandbox import Sandbox
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


_PAGES = (".html", ".htm", ".xhtml", ".xht")
_MOST_FOLDERS = 2  # a page has one; its name may be the beginning of another's
_AS_IT_IS = ImportOptions()
_SANDBOX = Sandbox()  # one for the program; its process is started with the first file
_SAMPLE = (
    b"<html><body><article><h1>A title</h1><p>A paragraph, and <b>no</b> more.</p></article></body></html>"
)


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
    return read_bytes(read_whole(path), name=name, options=options, files=_saved_with(path))


def read_bytes(
    data: bytes, *, name: str, options: ImportOptions = _AS_IT_IS, files: Mapping[str, bytes] = EMPTY
) -> ReadArticle:
    """Understand the bytes of a file; `name` says its format, `files` are pictures that were saved with it.

    Raises:
        UnreadableFile: as `read_file`.
    """
    importer_for(name, data)  # what nobody reads is refused here, before a process is started for it
    imported, format_name = _SANDBOX.read(data, replace(_hints(name, options), files=files))
    importer = next(one for one in all_importers() if one.name == format_name)
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
    if importer_for(name, data).outline is None:
        return ()
    return _SANDBOX.outline(data, _hints(name, _AS_IT_IS))


def warm_up() -> None:
    """Start the process that reads files, and let it load what it needs, so that the first file is read as fast as
    the others."""
    _SANDBOX.read(_SAMPLE, ImportHints("sample.html"))
    _SANDBOX.read(_SAMPLE, ImportHints("sample.md"))


def start_reader() -> None:
    """Start the process that reads files, without waiting for it."""
    _SANDBOX.start()


def stop_reading() -> None:
    """Refuse the file that is being read now, if there is one. From any thread."""
    _SANDBOX.stop()


def close_reader() -> None:
    """End the process that reads files; the next file starts another one. From any thread."""
    _SANDBOX.close()


def _hints(name: str, options: ImportOptions) -> ImportHints:
    return ImportHints(name, options.encoding, options.whole_page, options.parts)


def _saved_with(page: Path) -> Mapping[str, bytes]:
    """The pictures in the folder that a browser puts beside a page it saves ("Trams_files", "Trams-Dateien"), by their
    places seen from the page; as many as are looked at."""
    found: dict[str, bytes] = {}
    if page.suffix.lower() not in _PAGES:
        return found
    left = MAX_BESIDE
    with suppress(OSError):
        beside = sorted(page.parent.glob(f"{glob.escape(page.stem)}[_.-]*/"))
        for file in chain.from_iterable(sorted(folder.iterdir()) for folder in beside[:_MOST_FOLDERS]):
            if len(found) >= MAX_PICTURES or not file.is_file() or not 0 < file.stat().st_size <= MAX_BYTES:
                continue
            content = file.read_bytes()
            left -= len(content)
            if left < 0:
                break
            if may_be_shown(content):
                found[f"{file.parent.name}/{file.name}"] = content
    return found


def store_article(
    read: ReadArticle, *, metadata: Metadata | None = None, again: bool = False
) -> Callable[[Store], AddedArticle]:
    """The use case that stores what was read; `again` even if it is there already."""
    return lambda store: articles.add_article(
        store, imported=read.imported, original=read.original, metadata=metadata, again=again
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
        if path.stat().st_size > most_bytes(path.name):
            raise too_large(path.name)
        if not path.is_file():
            raise UnreadableFile(f"“{path.name}” is not a regular file.", kept=kept, todo="Choose a file.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(
            f"There is no file “{os.fspath(path)}”.", kept="Nothing was added.", todo="Check its name."
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"“{os.fspath(path)}” could not be read: {error}.", kept=kept) from error
