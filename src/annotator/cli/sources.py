"""`annotator source add|import|export` and `sources`."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.answers import source_row
from annotator.cli.frame import FILE, command, group, text
from annotator.cli.frame import encoding as known_encoding
from annotator.cli.session import Session, write
from annotator.cli.tables import short, table
from annotator.domain.source import Source, SourceKind
from annotator.services import bibliographies
from annotator.services import sources as use_cases
from annotator.services.bibliographies import BibliographyFormat
from annotator.services.exporting import write_file
from annotator.services.library import Store
from annotator.services.sources import NewSource

_NONE = "There are no sources. “annotator source add --title TITLE” adds one."


@command("add")
@click.option("--title", type=text, required=True, help="Its title.")
@click.option(
    "--author", "authors", type=text, multiple=True, help="An author or publisher; may be repeated."
)
@click.option("--year", type=text, default="", help="The year it appeared.")
@click.option("--url", type=text, default="", help="Its address: http or https.")
@click.option("--doi", type=text, default="", help="Its DOI, with or without https://doi.org/.")
@click.option(
    "--type", "csl_type", type=text, default="document", help="Its CSL type: report, book, webpage …"
)
@click.option("--publication", type=text, default="", help="The journal, book or site it appeared in.")
@click.option("--publisher", type=text, default="", help="Who published it.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in SourceKind]),
    default=SourceKind.SECONDARY.value,
    help="How near it is to the matter.",
)
def add(session: Session, kind: str, authors: tuple[str, ...], **fields: str) -> None:
    """Add a source. Answers with its id."""
    given = NewSource(authors=authors, **fields).fields()  # refuses before a library is made
    with session.opened(create=True) as library:
        made = library.execute(
            lambda store: use_cases.add_source(store, given, kind=SourceKind(kind)), label="Add source"
        ).value
    session.answer({"source": made.id}, made.id)


@command("import")
@click.argument("file", type=FILE)
@click.option("--encoding", type=known_encoding, help="The file's encoding, where the guess is wrong.")
def import_file(session: Session, file: Path, encoding: str | None) -> None:
    """Add the sources of a BibTeX or CSL-JSON file; those that are known already are left alone."""
    read = bibliographies.read_bibliography(file, encoding=encoding)
    for problem in read.problems:
        session.failed = True
        session.say(f"{file}: {problem.where} was left out: {problem.reason}")
    added: tuple[Source, ...] = ()
    known: tuple[Source, ...] = ()
    if read.records:
        with session.opened(create=True) as library:
            done = library.execute(
                lambda store: use_cases.add_sources(store, read.records), label="Import sources"
            ).value
        added, known = done.added, done.known
    answer = {
        "added": [source_row(source) for source in added],
        "known": [source_row(source) for source in known],
        "problems": [problem._asdict() for problem in read.problems],
    }
    rows = [(source.id, "added", source.title) for source in added]
    rows += [(source.id, "known", source.title) for source in known]
    session.answer(answer, table(("Id", "Status", "Title"), rows))


@command("export")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in BibliographyFormat]),
    default=BibliographyFormat.BIBTEX.value,
    help="The format; BibTeX when none is given.",
)
@click.option("-o", "--output", type=FILE, help="The file to write; stdout when none is given.")
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
def export(session: Session, form: str, output: Path | None, force: bool) -> None:
    """Write all sources as a bibliography."""
    with session.opened() as library:
        found = library.read(use_cases.list_sources)
    content = bibliographies.write_bibliography(found, BibliographyFormat(form))
    if output is not None:
        write_file(output, content, overwrite=force)
    elif not session.as_json:
        write(content)
        return
    answer = {
        "format": form,
        "sources": len(found),
        "file": None if output is None else str(output),
        "content": content if output is None else None,
    }
    session.answer(answer, f"{output}")


@command("sources")
def list_all(session: Session) -> None:
    """List the sources by title."""

    def find(store: Store) -> tuple[list[Source], dict[str, int]]:
        return use_cases.list_sources(store), use_cases.evidence_counts(store)

    with session.opened_to_list() as library:
        found, counts = library.read(find) if library else ([], {})
    rows = [
        (short(item.id), counts.get(item.id, 0), item.year or "–", ", ".join(item.authors) or "–", item.title)
        for item in found
    ]
    session.answer(
        [source_row(item, counts.get(item.id, 0)) for item in found],
        table(("Id", "Evidence", "Year", "Authors", "Title"), rows, nothing=_NONE),
    )


source = group("source", "Add a source, or read and write bibliographies.", add, import_file, export)
