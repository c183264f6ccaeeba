"""`annotator note` and `highlight`: annotations that are no claims."""

from __future__ import annotations

import click

from annotator.cli.frame import command, text
from annotator.cli.passages import Passage, passage_options
from annotator.cli.session import Session
from annotator.domain.annotation import Annotation
from annotator.services import annotations as marking
from annotator.services import articles, lookup, tags
from annotator.services.library import Store

_TAGS = click.option("--tag", "names", type=text, multiple=True, help="A tag, made if new; may be repeated.")


@command("note")
@click.argument("article", type=text)
@passage_options
@click.option("--text", "note_text", type=text, required=True, help="What the note says.")
@_TAGS
def note(
    session: Session,
    article: str,
    quote: str | None,
    occurrence: int | None,
    start: int | None,
    end: int | None,
    note_text: str,
    names: tuple[str, ...],
) -> None:
    """Put a note on a passage of an article. Answers with the id of the annotation."""
    _mark(session, article, Passage(quote, occurrence, start, end), note_text, names, label="Add note")


@command("highlight")
@click.argument("article", type=text)
@passage_options
@_TAGS
def highlight(
    session: Session,
    article: str,
    quote: str | None,
    occurrence: int | None,
    start: int | None,
    end: int | None,
    names: tuple[str, ...],
) -> None:
    """Highlight a passage of an article. Answers with the id of the annotation."""
    _mark(session, article, Passage(quote, occurrence, start, end), "", names, label="Highlight")


def _mark(
    session: Session, article: str, passage: Passage, note: str, names: tuple[str, ...], *, label: str
) -> None:
    def add(store: Store) -> Annotation:
        current = articles.current_text(store, lookup.article(store, article).id)
        span = passage.of(current.text)
        chosen = tags.ensure_tags(store, names)
        return marking.add_highlight(store, text_id=current.id, span=span, note=note, tags=chosen)

    with session.opened(writes=True) as library:
        made = library.execute(add, label=label).value
    session.answer({"annotation": made.id}, made.id)
