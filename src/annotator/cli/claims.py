"""`annotator claim`, `claims`, `edit` and `rate`."""

from __future__ import annotations

from typing import Any

import click

from annotator.cli.answers import Json, claim_row
from annotator.cli.frame import Function, command, day, text, usage
from annotator.cli.passages import Passage, passage_options
from annotator.cli.session import Session
from annotator.cli.tables import percent, short, table
from annotator.domain.article import Article
from annotator.domain.claim import Claim, ClaimType
from annotator.domain.rating import Rating
from annotator.services import articles, lookup, ratings, tags
from annotator.services import claims as use_cases
from annotator.services.claims import AddedClaim, ClaimFields
from annotator.services.library import Store

_NONE = "There are no claims. “annotator claim ARTICLE --quote TEXT” makes one."


def _claim_options(function: Function) -> Function:
    for option in (
        click.option("--said-on", type=day, help="When it was said: 2019, 2019-05 or 2019-05-31."),
        click.option("--claimant", type=text, help="Who makes the claim."),
        click.option("--note", type=text, help="A note on it."),
        click.option("--tag", "names", type=text, multiple=True, help="A tag, made if new; may be repeated."),
        click.option(
            "--type", "kind", type=click.Choice([item.value for item in ClaimType]), help="Its type."
        ),
        click.option("--statement", type=text, help="The claim in one's own words."),
    ):
        function = option(function)
    return function


@command("claim")
@click.argument("article", type=text)
@passage_options
@_claim_options
def claim(
    session: Session,
    article: str,
    quote: str | None,
    occurrence: int | None,
    start: int | None,
    end: int | None,
    **fields: Any,
) -> None:
    """Make a claim of a passage of an article. Answers with the id of the claim.

    Without --statement the words of the passage are the statement. Words that occur more than once in the article
    need --occurrence.
    """
    passage = Passage(quote, occurrence, start, end)

    def add(store: Store) -> AddedClaim:
        current = articles.current_text(store, lookup.article(store, article).id)
        span = passage.of(current.text)
        return use_cases.add_claim(store, text_id=current.id, span=span, claim=_fields(store, **fields))

    with session.opened(writes=True) as library:
        added = library.execute(add, label="Tag claim").value
    session.answer({"claim": added.claim.id, "annotation": added.mention.id}, added.claim.id)


@command("claims")
@click.argument("article", type=text, required=False)
def claims(session: Session, article: str | None) -> None:
    """List the claims of an article in text order.

    Without an ARTICLE those of all articles, the youngest article first.
    """
    opening = session.opened_to_list() if article is None else session.opened()
    with opening as library:
        rows = library.read(lambda store: _rows(store, article)) if library else []
    shown = [
        (short(row["id"]), row["number"], row["verdict_label"], percent(row["confidence"]),
         len(row["evidence"]), ", ".join(row["tags"]), row["statement"])
        for row in rows
    ]  # fmt: skip
    head = ("Id", "No.", "Verdict", "Sure", "Evidence", "Tags", "Statement")
    session.answer(rows, table(head, shown, nothing=_NONE))


def _rows(store: Store, reference: str | None) -> list[Json]:
    if reference is not None:
        return _rows_of(store, lookup.article(store, reference))
    ids = [row.id for row in articles.list_articles(store) if row.claims]
    return [row for id in ids for row in _rows_of(store, lookup.article(store, id))]


def _rows_of(store: Store, article: Article) -> list[Json]:
    views = use_cases.list_claims(store, article.id)
    names = {tag.id: tag.name for tag in tags.list_tags(store)}
    rated = ratings.history(store, [view.claim.id for view in views])
    scale = ratings.scale_of_article(store, article)
    return [claim_row(view, article, scale, names, rated) for view in views]


@command("edit")
@click.argument("claim", type=text)
@_claim_options
def edit(session: Session, claim: str, **fields: Any) -> None:
    """Change a claim. What isn't given stays; --tag gives the tags it has from now on; "" empties a field."""
    if not any(value not in (None, ()) for value in fields.values()):
        raise usage("Say what to change.")

    def change(store: Store) -> Claim:
        found = lookup.by_id(store, Claim, claim, word="claim")
        return use_cases.edit_claim(store, claim_id=found.id, changes=_fields(store, **fields))

    with session.opened(writes=True) as library:
        outcome = library.execute(change, label="Edit claim")
    session.answer({"claim": outcome.value.id, "changed": outcome.changes is not None}, outcome.value.id)


@command("rate")
@click.argument("claim", type=text)
@click.option(
    "--verdict", type=text, help="The key of a verdict of the article's scale, such as “supported”."
)
@click.option("--confidence", type=int, help="How sure one is of it, in percent: 0 to 100.")
@click.option("--because", type=text, default="", help="The reasons.")
@click.option("--gaps", type=text, default="", help="What is missing.")
@click.option("--would-change", type=text, default="", help="What would change the verdict.")
def rate(session: Session, claim: str, **judgement: Any) -> None:
    """Judge a claim: a verdict, and how sure one is of it. Earlier ratings stay in its history.

    The verdicts of the default scale: supported, partly, conflicting, refuted, unproven, open.
    """
    if not any(value not in (None, "") for value in judgement.values()):
        raise usage("Give a verdict, a confidence or reasons.")

    def judge(store: Store) -> tuple[Claim, Rating | None]:
        found = lookup.by_id(store, Claim, claim, word="claim")
        given = ratings.rate(store, claim_id=found.id, **judgement)
        return lookup.by_id(store, Claim, found.id, word="claim"), given

    with session.opened(writes=True) as library:
        rated, rating = library.execute(judge, label="Rate claim").value
    if rating is None:
        session.say("The claim is rated like this already; nothing was changed.")
    answer = {
        "claim": rated.id,
        "rating": rating.id if rating else None,
        "verdict": rated.verdict,
        "confidence": rated.confidence,
    }
    session.answer(answer, f"{rated.id}  {rated.verdict}  {percent(rated.confidence)}")


def _fields(store: Store, *, names: tuple[str, ...], kind: str | None, **texts: str | None) -> ClaimFields:
    return ClaimFields(
        type=None if kind is None else ClaimType(kind),
        tags=tags.ensure_tags(store, names) if names else None,
        **texts,
    )
