"""`annotator import`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from annotator.cli.frame import FILE, command, day, text, usage
from annotator.cli.frame import encoding as known_encoding
from annotator.cli.session import Session
from annotator.cli.tables import table
from annotator.errors import LibraryError, UserError
from annotator.services import backups, importing
from annotator.services.articles import ImportStatus, Metadata
from annotator.services.library import Library

_BULK = 20  # files imported at once, from which on the library is backed up first
_KNOWN = "The library holds this article already; it was left as it is."


@command("import")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE…")
@click.option("--title", type=text, help="The title, instead of the one in the file.")
@click.option("--author", "authors", type=text, multiple=True, help="An author; may be repeated.")
@click.option("--language", type=text, help="The language as a code: en, de, pt-BR.")
@click.option("--publication", type=text, help="Where it appeared.")
@click.option("--date", "published_on", type=day, help="When it appeared: 2019, 2019-05 or 2019-05-31.")
@click.option("--url", type=text, help="Where it is on the web.")
@click.option("--encoding", type=known_encoding, help="The files' encoding, where the guess is wrong.")
def import_files(
    session: Session, files: tuple[Path, ...], encoding: str | None, title: str | None, **fields: Any
) -> None:
    """Add articles from files: text, Markdown, HTML.

    Each file is a step of its own for undo. An article that is known already is not added again. Files that can't be
    read are refused with a reason, the others go on; the exit code is 1 then.
    """
    if title is not None and len(files) > 1:
        raise usage("--title is for one file.")
    metadata = Metadata(
        title=title, **{name: value for name, value in fields.items() if value not in (None, ())}
    )
    with ExitStack() as stack:
        rows = _Rows(session, stack, metadata, encoding, is_bulk=len(files) >= _BULK)
        answers = [rows.of(file) for file in files]
    shown = [(row["article"], row["status"], row["title"]) for row in answers if row["article"]]
    session.answer(answers, table(("Id", "Status", "Title"), shown))


class _Rows:
    """Imports files one by one. The library is opened, or made, with the first that can be read."""

    def __init__(
        self, session: Session, stack: ExitStack, metadata: Metadata, encoding: str | None, *, is_bulk: bool
    ) -> None:
        self._session = session
        self._stack = stack
        self._metadata = metadata
        self._encoding = encoding
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
        read = importing.read_file(file, options=importing.ImportOptions(encoding=self._encoding))
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
            file, added.status.value, added.article.id, added.article.title, reason, warnings=list(warnings)
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
    return {**row, "warnings": [], **more}
