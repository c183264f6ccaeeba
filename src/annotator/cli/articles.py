"""`annotator articles` and `show`."""

from __future__ import annotations

from typing import Any, NamedTuple

import click

from annotator.cli.answers import article_row, mark_row, summary_row, version_row
from annotator.cli.frame import command, text
from annotator.cli.session import Session, write
from annotator.cli.tables import pairs, short, table
from annotator.domain.article import ArticleText
from annotator.services import annotations as marking
from annotator.services import articles as use_cases
from annotator.services import lookup, tags
from annotator.services.library import Store

_NONE = "There are no articles. “annotator import FILE” adds one."


@command("articles")
def articles(session: Session) -> None:
    """List the articles, the youngest first."""
    with session.opened_to_list() as library:
        found = library.read(use_cases.list_articles) if library else []
    rows = [
        (short(row.id), row.claims, row.open_claims, ", ".join(row.authors) or "–", row.title)
        for row in found
    ]
    head = ("Id", "Claims", "Open", "Authors", "Title")
    session.answer([summary_row(row) for row in found], table(head, rows, nothing=_NONE))


class _Shown(NamedTuple):
    about: dict[str, Any]
    marks: list[dict[str, Any]]
    text: ArticleText


@command("show")
@click.argument("article", type=text)
@click.option(
    "--text", "only_text", is_flag=True, help="The canonical text, byte for byte, and nothing else."
)
def show(session: Session, article: str, only_text: bool) -> None:
    """Show what is known about an article, or its text.

    The text is that of the newest version, in UTF-8 without anything added; offsets count its code points.
    """
    with session.opened() as library:
        shown = library.read(lambda store: _picture(store, article))
    if only_text and not session.as_json:
        write(shown.text.text)
        return
    answer = {**shown.about, **({"text": shown.text.text} if only_text else {"marks": shown.marks})}
    session.answer(answer, _for_people(shown))


def _picture(store: Store, reference: str) -> _Shown:
    article = lookup.article(store, reference)
    (summary,) = use_cases.list_articles(store, ids=[article.id])
    versions = use_cases.versions(store, article.id)
    newest = use_cases.current_text(store, article.id)
    names = {tag.id: tag.name for tag in tags.list_tags(store)}
    marks = [mark_row(mark, names) for mark in marking.marks(store, newest.id)]
    counts = {"claims": summary.claims, "open_claims": summary.open_claims, "marks": len(marks)}
    about = {
        **article_row(article),
        "versions": [version_row(version) for version in versions],
        "counts": counts,
    }
    return _Shown(about, marks, newest)


def _for_people(shown: _Shown) -> str:
    about, newest = shown.about, shown.about["versions"][-1]
    facts = pairs(
        [
            ("Title", about["title"]),
            ("Subtitle", about["subtitle"]),
            ("Authors", ", ".join(about["authors"])),
            ("Publication", about["publication"]),
            ("Date", about["published_on"]),
            ("Language", about["language"]),
            ("Web", about["url"]),
            ("File", newest["original_name"]),
            ("Id", about["id"]),
            (
                "Text",
                f"{newest['words']} words, {newest['characters']} characters, version {newest['version']}",
            ),
            ("Claims", f"{about['counts']['claims']}, {about['counts']['open_claims']} of them open"),
        ]
    )
    rows = [
        (short(mark["id"]), mark["kind"], ", ".join(mark["tags"]), mark["quote"], mark["note"])
        for mark in shown.marks
    ]
    marks = table(("Id", "Kind", "Tags", "Passage", "Note"), rows)
    return f"{facts}\n\n{marks}" if marks else facts
