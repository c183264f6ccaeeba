"""`annotator export` and `formats`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from annotator.cli.frame import FILE, command, text, usage
from annotator.cli.session import Session, write
from annotator.cli.tables import table
from annotator.domain.article import Article
from annotator.errors import UserError
from annotator.services import articles, importing, lookup
from annotator.services import exporting as use_cases
from annotator.services.bibliographies import BibliographyFormat
from annotator.services.exporting import Export, ExportOptions
from annotator.services.library import Library, Store


@command("export")
@click.argument("articles", metavar="[ARTICLE]…", nargs=-1, type=text)
@click.option("--format", "form", type=text, default="markdown", help="A format of “annotator formats”.")
@click.option("--style", type=text, help="A style of the format; Markdown has “footnotes” if none is given.")
@click.option("-o", "--output", type=FILE, help="The file, or the folder for several articles; else stdout.")
@click.option("--force", is_flag=True, help="Replace files that are there already.")
@click.option("--quotes/--no-quotes", default=True, help="The words of the sources.")
@click.option("--notes/--no-notes", default=True, help="Notes on claims and passages.")
@click.option("--open-claims/--no-open-claims", default=True, help="Claims without a verdict.")
@click.option("--confidence-history/--no-confidence-history", default=False, help="Earlier ratings.")
@click.option("--front-matter/--no-front-matter", default=True, help="The facts about the article.")
def export(
    session: Session,
    articles: tuple[str, ...],
    form: str,
    style: str | None,
    output: Path | None,
    force: bool,
    **included: bool,
) -> None:
    """Write articles out with their claims, evidence and verdicts.

    Without an ARTICLE all of them. One article goes to stdout or to the file of -o. Several go into the folder of -o,
    which is made if need be, each under a name made of its title. A file that exists is replaced with --force only.
    What an export had to leave out is listed on stderr.
    """
    with session.opened() as library:
        wanted = library.read(lambda store: _wanted(store, articles))
        if len(wanted) > 1 and output is None:
            raise usage(f"These are {len(wanted)} articles. Give a folder for them with -o.")
        if len(wanted) > 1 and output is not None and output.exists() and not output.is_dir():
            raise UserError(
                f"“{output}” is no folder, and there are {len(wanted)} articles to write.",
                kept="Nothing was written.",
                todo="Give a folder with -o.",
            )
        writer = _Writer(session, library, output, form, force=force, several=len(wanted) > 1)
        answers = [row for article in wanted if (row := writer.of(article, _options(style, included)))]
    if session.as_json or output is not None:
        session.answer(answers, "\n".join(row["file"] for row in answers if row["file"]))


def _wanted(store: Store, references: Sequence[str]) -> list[Article]:
    named = references or [row.id for row in articles.list_articles(store)]
    if not named:
        raise UserError("There are no articles in this library.", kept="Nothing was written.")
    found = {article.id: article for article in (lookup.article(store, name) for name in named)}
    return list(found.values())


def _options(style: str | None, included: dict[str, Any]) -> ExportOptions:
    return ExportOptions(**included) if style is None else ExportOptions(style=style, **included)


class _Writer:
    """Exports articles one by one; one that fails doesn't keep the others."""

    def __init__(
        self,
        session: Session,
        library: Library,
        output: Path | None,
        form: str,
        *,
        force: bool,
        several: bool,
    ) -> None:
        self._session = session
        self._library = library
        self._output = output
        self._form = form
        self._force = force
        self._several = several
        self._names: set[str] = set()

    def of(self, article: Article, options: ExportOptions) -> dict[str, Any] | None:
        """Export an article; what was written, or None when it was refused."""
        picture = self._library.read(lambda store: use_cases.snapshot(store, article.id))
        made = use_cases.render(picture, format=self._form, options=options)
        try:
            file = self._written(made)
        except UserError as trouble:
            self._session.refuse(trouble)
            return None
        for line in made.left_out:
            self._session.say(f"Left out of “{article.title}”: {line}")
        return {
            "article": article.id,
            "format": self._form,
            "style": options.style,
            "file": None if file is None else str(file),
            "file_name": made.file_name,
            "left_out": list(made.left_out),
            "content": made.content if file is None else None,
        }

    def _written(self, made: Export) -> Path | None:
        if self._output is None:
            if not self._session.as_json:
                write(made.content)
            return None
        into_folder = self._several or self._output.is_dir()
        path = self._output / self._free_name(made.file_name) if into_folder else self._output
        return use_cases.write_file(path, made.content, overwrite=self._force)

    def _free_name(self, name: str) -> str:
        """`name`, numbered when another article of this run took it, as titles may be alike."""
        stem, dot, extension = name.rpartition(".")
        number, free = 1, name
        while free.casefold() in self._names:
            number += 1
            free = f"{stem}-{number}{dot}{extension}"
        self._names.add(free.casefold())
        return free


@command("formats")
def formats(session: Session) -> None:
    """List the formats that can be read and written."""
    readers, writers = importing.formats(), use_cases.formats()
    answer = {
        "import": [
            {
                "name": item.name,
                "label": item.label,
                "extensions": list(item.extensions),
                "media_type": item.media_type,
            }
            for item in readers
        ],
        "export": [
            {
                "name": item.name,
                "label": item.label,
                "extension": item.extension,
                "media_type": item.media_type,
                "styles": [{"name": s.name, "label": s.label, "hint": s.hint} for s in item.styles],
            }
            for item in writers
        ],
        "sources": [form.value for form in BibliographyFormat],
    }
    rows = [("import", item.name, item.label, " ".join(item.extensions)) for item in readers]
    rows += [
        ("export", item.name, item.label, f"styles: {', '.join(s.name for s in item.styles)}")
        for item in writers
    ]
    rows += [("sources", form.value, "Bibliography", "") for form in BibliographyFormat]
    session.answer(answer, table(("For", "Name", "What it is", ""), rows))
