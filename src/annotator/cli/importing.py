"""`annotator import`."""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from annotator.cli.frame import FILE, command, day, text, usage
from annotator.cli.frame import encoding as known_encoding
from annotator.cli.session import Session
from annotator.cli.tables import table
from annotator.errors import LibraryError, UnreadableFile, UserError
from annotator.services import backups, import_folders, importing
from annotator.services.articles import ImportStatus, Metadata
from annotator.services.importing import ImportOptions
from annotator.services.library import Library

_BULK = 20  # files imported at once, from which on the library is backed up first
_KNOWN = "The library holds this article already; it was left as it is."
_MOST_CHAPTERS = 10_000


def chapters(value: str) -> tuple[int, ...]:
    """Numbers and ranges, counted from 1: “1,3-5”; as numbers from 0, in order."""
    found: set[int] = set()
    for piece in value.split(","):
        match = re.fullmatch(r"\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?", piece, re.ASCII)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= _MOST_CHAPTERS:
            raise click.BadParameter(f"“{value}” names no chapters. Write 1,3-5.")
        found.update(range(first - 1, last))
    return tuple(sorted(found))


@command("import")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE|FOLDER…")
@click.option("--title", type=text, help="The title, instead of the one in the file.")
@click.option("--author", "authors", type=text, multiple=True, help="An author; may be repeated.")
@click.option("--language", type=text, help="The language as a code: en, de, pt-BR.")
@click.option("--publication", type=text, help="Where it appeared.")
@click.option("--date", "published_on", type=day, help="When it appeared: 2019, 2019-05 or 2019-05-31.")
@click.option("--url", type=text, help="Where it is on the web.")
@click.option("--encoding", type=known_encoding, help="The files' encoding, where the guess is wrong.")
@click.option("--whole-page", is_flag=True, help="All of a web page, not only its main content.")
@click.option("--chapters", "parts", type=chapters, help="The chapters of a book, such as 1,3-5.")
@click.option("--list-chapters", is_flag=True, help="List the chapters of books and add nothing.")
def import_files(
    session: Session,
    files: tuple[Path, ...],
    title: str | None,
    encoding: str | None,
    whole_page: bool,
    parts: tuple[int, ...] | None,
    list_chapters: bool,
    **fields: Any,
) -> None:
    """Add articles from files, and from the files in folders; “annotator formats” lists what is read.

    Each file is a step of its own for undo. An article that is known already is not added again. Files that can't be
    read are refused with a reason, the others go on; the exit code is 1 then.
    """
    found = import_folders.files_in(files)
    if title is not None and len(found.files) > 1:
        raise usage("--title is for one file.")
    if parts is not None and len(found.files) > 1:
        raise usage("--chapters is for one file.")
    if list_chapters:
        _list_chapters(session, found.files)
        return
    metadata = Metadata(
        title=title, **{name: value for name, value in fields.items() if value not in (None, ())}
    )
    options = ImportOptions(encoding, whole_page, parts or ())
    _tell_of_folders(session, files, found)
    if found.files:
        importing.start_reader()  # it starts while the library is being opened
    with ExitStack() as stack:
        rows = _Rows(session, stack, metadata, options, is_bulk=len(found.files) >= _BULK)
        answers = [rows.of(file) for file in found.files]
    answers += [_row(one.path, "skipped", reason=one.reason) for one in found.skipped]
    shown = [(row["article"], row["status"], row["title"]) for row in answers if row["article"]]
    session.answer(answers, table(("Id", "Status", "Title"), shown))


def _tell_of_folders(session: Session, named: tuple[Path, ...], found: import_folders.FoundFiles) -> None:
    if not found.files:
        names = ", ".join(f"“{path.name or path}”" for path in named)
        what = f"There is no file of a known format in {names}."
        session.refuse(UnreadableFile(what, kept="Nothing was added."))
    if found.skipped:
        session.say(f"{len(found.skipped)} files were skipped; --json says which and why.")
    if found.hidden:
        session.say(f"{found.hidden} hidden files and folders were passed over.")
    if found.too_many:
        session.say(f"There are more than {import_folders.MOST} files; the first ones are taken.")


def _list_chapters(session: Session, files: tuple[Path, ...]) -> None:
    rows: list[dict[str, Any]] = []
    for file in files:
        try:
            outline = importing.outline(file)
        except UserError as trouble:
            session.refuse(trouble)
            continue
        rows += [
            {"file": str(file), "chapter": at, "title": part.title, "level": part.level, "words": part.words}
            for at, part in enumerate(outline, start=1)
        ]
    shown = [(row["chapter"], row["words"] or "", "  " * (row["level"] - 1) + row["title"]) for row in rows]
    nothing = "There are no chapters to choose from."
    session.answer(rows, table(("Chapter", "Words", "Title"), shown, nothing=nothing))


class _Rows:
    """Imports files one by one. The library is opened, or made, with the first that can be read."""

    def __init__(
        self,
        session: Session,
        stack: ExitStack,
        metadata: Metadata,
        options: ImportOptions,
        *,
        is_bulk: bool,
    ) -> None:
        self._session = session
        self._stack = stack
        self._metadata = metadata
        self._options = options
        self._is_bulk = is_bulk
        self._library: Library | None = None

    def of(self, file: Path) -> dict[str, Any]:
        """Import a file; what became of it."""
        try:
            return self._imported(file)
        except LibraryError:
            raise
        except UserError as trouble:
            self._session.refuse(trouble)
            return _row(file, "refused", reason=str(trouble))

    def _imported(self, file: Path) -> dict[str, Any]:
        if self._options.parts:
            _check_chapters(file, self._options.parts)
        read = importing.read_file(file, options=self._options)
        if self._library is None:
            library = self._stack.enter_context(self._session.opened(create=True))
            if self._is_bulk:
                backups.before_bulk(library, data_folder=self._session.data_folder)
            self._library = library
        store = importing.store_article(read, metadata=self._metadata)
        added = self._library.execute(store, label="Import article").value
        warnings = read.imported.warnings
        for warning in warnings:
            self._session.say(f"{file}: {warning}")
        reason = _KNOWN if added.status is ImportStatus.KNOWN else ""
        return _row(
            file,
            added.status.value,
            added.article.id,
            added.article.title,
            reason,
            warnings=list(warnings),
            format=read.original.importer,
            encoding=read.imported.encoding,
        )


def _check_chapters(file: Path, parts: tuple[int, ...]) -> None:
    """See that a file has the chapters that are wanted.

    Raises:
        UnreadableFile: it hasn't.
    """
    many = len(importing.outline(file))
    if many <= parts[-1]:
        has = f"has {many} chapters" if many else "has no chapters to choose from"
        raise UnreadableFile(
            f"“{file.name}” {has}.",
            kept="Nothing was added.",
            todo="“annotator import --list-chapters” lists them." if many else "Leave --chapters out.",
        )


def _row(
    file: Path,
    status: str,
    article: str | None = None,
    title: str | None = None,
    reason: str = "",
    **more: Any,
) -> dict[str, Any]:
    row = {"file": str(file), "status": status, "article": article, "title": title, "reason": reason}
    return {**row, "warnings": [], "format": "", "encoding": "", **more}
