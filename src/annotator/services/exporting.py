"""Exports: a snapshot of an article, rendered, and written so that a crash leaves the old or the new file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from annotator.domain.annotation import AnchorState, Annotation
from annotator.domain.article import Article
from annotator.domain.ids import ArticleId
from annotator.domain.tag import Tag
from annotator.domain.views import ArticleSnapshot
from annotator.errors import UserError
from annotator.exporters.base import Export, Exporter, ExportOptions, Style, all_exporters, exporter_named
from annotator.services import ratings
from annotator.services.annotations import marks
from annotator.services.articles import current_text
from annotator.services.claims import claims_of_text
from annotator.storage.store import Store

__all__ = ["Export", "ExportOptions", "Exporter", "formats", "render", "snapshot", "write_file"]


def snapshot(store: Store, article_id: ArticleId) -> ArticleSnapshot:
    """Everything about an article, read in one transaction."""
    article = store.get(Article, article_id)
    text = current_text(store, article_id)
    claims = claims_of_text(store, text.id)
    return ArticleSnapshot(
        article=article,
        text=text,
        claims=claims,
        marks=tuple(marks(store, text.id)),
        tags={tag.id: tag for tag in store.find(Tag)},
        ratings=ratings.history(store, [view.claim.id for view in claims]),
        scale=ratings.scale_of_article(store, article),
        orphans=len(store.find(Annotation, {"text_id": text.id, "state": AnchorState.ORPHAN.value})),
    )


def render(
    picture: ArticleSnapshot, *, format: str = "markdown", options: ExportOptions | None = None
) -> Export:
    """The export of a snapshot.

    Raises:
        NotFound: there is no such format or style.
    """
    return exporter_named(format).render(picture, options or ExportOptions())


def formats() -> tuple[Exporter, ...]:
    """The formats that can be written."""
    return all_exporters()


def styles_of(format: str) -> tuple[Style, ...]:
    """The ways a format can lay its text out.

    Raises:
        NotFound: there is no such format.
    """
    return exporter_named(format).styles


def markdown_to_html(text: str) -> str:
    """Markdown of our own making as HTML for a preview, without its front matter."""
    import markdown  # noqa: PLC0415 - only when something is shown

    body = text
    if text.startswith("---\n"):
        body = text.split("\n---\n", 1)[-1]
    return markdown.markdown(body, extensions=["footnotes", "tables", "fenced_code"], output_format="html")


def write_file(path: Path, content: str | bytes, *, overwrite: bool = False) -> Path:
    """Write bytes, or text in UTF-8, to a new file and put it in its place at once; folders above it are made.

    Raises:
        UserError: the file exists and `overwrite` is off, or the place can't be written to.
    """
    if path.is_dir():
        raise UserError(f"“{path}” is a folder.", kept="Nothing was written.", todo="Give a file name.")
    if path.exists() and not overwrite:
        raise UserError(
            f"“{path}” exists already.",
            kept="It was not changed.",
            todo="Choose another name, or say that it may be replaced.",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".new")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with open(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise _unwritable(path, error) from error
    return path


def _sync_folder(folder: Path) -> None:
    """Make the new name itself last; folders can't be opened on Windows, which needs no such thing."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(path: Path, error: OSError) -> UserError:
    return UserError(
        f"“{path}” could not be written: {error.strerror or error}.",
        kept="The annotations are safe in the library; no file was changed.",
        todo="Choose another folder, or free some space.",
    )
