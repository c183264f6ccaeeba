"""`annotator original`."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.frame import FILE, command, text
from annotator.cli.session import Session, write_bytes
from annotator.domain.article import Attachment
from annotator.services import articles, exporting, lookup
from annotator.services.library import Store


@command("original")
@click.argument("article", type=text)
@click.option("-o", "--output", type=FILE, metavar="FILE", help="The file to write; stdout otherwise.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
def original(session: Session, article: str, output: Path | None, force: bool) -> None:
    """Get back the file an article came from, byte for byte.

    Into a folder it is written under the name that it had.
    """
    with session.opened() as library:
        found = library.read(lambda store: _original(store, article))
    content = found.content()
    path: Path | None = None
    if output is not None:
        target = output / Path(found.name).name if output.is_dir() else output
        path = exporting.write_file(target, content, overwrite=force)
    elif not session.as_json:
        write_bytes(content)
        return
    answer = {
        "name": found.name,
        "media_type": found.media_type,
        "bytes": len(content),
        "sha256": found.sha256,
        "file": None if path is None else str(path),
    }
    session.answer(answer, "" if path is None else str(path))


def _original(store: Store, reference: str) -> Attachment:
    return articles.original_of(store, lookup.article(store, reference).id)
