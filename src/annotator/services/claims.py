"""Claims: tagging, editing, listing, removing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from annotator.domain.annotation import Annotation, Motivation
from annotator.domain.article import Article, ArticleText
from annotator.domain.claim import Claim, ClaimType
from annotator.domain.evidence import Evidence
from annotator.domain.ids import ArticleId, ClaimId, TagId, TextId
from annotator.domain.selectors import TextSpan
from annotator.domain.source import Source
from annotator.domain.views import ClaimView, EvidenceView
from annotator.errors import InvalidValue
from annotator.services.annotations import mark_passage
from annotator.services.articles import current_text
from annotator.services.bin import bin_parts_of_claim
from annotator.services.editing import put_changes
from annotator.storage.store import Store


@dataclass(frozen=True, slots=True)
class AddedClaim:
    """A new claim and its mention in the text."""

    claim: Claim
    mention: Annotation


@dataclass(frozen=True, slots=True)
class ClaimInArticle:
    """A claim as one article shows it."""

    article: Article
    view: ClaimView


@dataclass(frozen=True, slots=True)
class ClaimFields:
    """What can be changed of a claim; None leaves a field as it is. Verdict and confidence change by rating."""

    statement: str | None = None
    type: ClaimType | None = None
    note: str | None = None
    tags: tuple[TagId, ...] | None = None
    claimant: str | None = None
    said_on: str | None = None
    place: str | None = None
    chosen_because: str | None = None

    def given(self) -> dict[str, Any]:
        """The fields that are not None."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value is not None}


def add_claim(
    store: Store, *, text_id: TextId, span: TextSpan, claim: ClaimFields | None = None
) -> AddedClaim:
    """Make a claim of a passage. Without a statement the passage's own words, on one line, are the statement.

    Raises:
        InvalidValue: the passage is empty or outside of the text.
    """
    claim_id = ClaimId(store.new_id())
    words = " ".join(store.get_immutable(ArticleText, text_id).text[span.start : span.end].split())
    given = claim.given() if claim else {}
    given["statement"] = (given.get("statement") or "").strip() or words
    made = store.put(Claim(id=claim_id, **given))
    mention = mark_passage(store, text_id=text_id, span=span, motivation=Motivation.CLAIM, claim_id=claim_id)
    return AddedClaim(made, mention)


def edit_claim(
    store: Store,
    *,
    claim_id: ClaimId,
    changes: ClaimFields,
    rev: int | None = None,
    base: Claim | None = None,
) -> Claim:
    """Change fields of a claim; with `rev`, only if the claim is still at that revision; with `base`, the claim as
    the editor saw it, only if nobody else changed the same fields since.

    Raises:
        InvalidValue: the statement would be empty.
        ConcurrentEdit: the claim is at another revision.
        EditConflict: somebody else changed the same fields since `base`.
    """
    given = changes.given()
    if "statement" in given and not given["statement"].strip():
        raise InvalidValue(
            "A claim needs a statement.", kept="The old one stays.", todo="Write what is claimed."
        )
    if base is not None:
        return put_changes(store, base=base, mine=replace(base, **given))
    claim = store.get(Claim, claim_id)
    return store.put(replace(claim, **given, rev=claim.rev if rev is None else rev))


def set_main_tag(store: Store, *, claim_id: ClaimId, tag_id: TagId | None) -> Claim:
    """Put a tag in the place of a claim's first one, which gives it its colour; with None take that one away."""
    claim = store.get(Claim, claim_id)
    others = tuple(tag for tag in claim.tags[1:] if tag != tag_id)
    return store.put(replace(claim, tags=others if tag_id is None else (tag_id, *others)))


def delete_claim(store: Store, *, claim_id: ClaimId) -> int:
    """Move a claim with its mentions and evidence to the bin; the number of evidence links that went along."""
    claim = store.get(Claim, claim_id)
    parts = bin_parts_of_claim(store, claim)
    for item in store.find(Annotation, {"claim_id": claim_id}):
        store.remove(item)
    store.remove(claim)
    return sum(isinstance(part, Evidence) for part in parts)


def list_claims(store: Store, article_id: ArticleId) -> tuple[ClaimView, ...]:
    """The claims of an article in text order, numbered from 1, each with its first mention and its evidence."""
    return claims_of_text(store, current_text(store, article_id).id)


def list_all_claims(store: Store) -> list[ClaimInArticle]:
    """The claims of all articles, article by article."""
    found: list[ClaimInArticle] = []
    for article in store.find(Article, order=("created_at", "id")):
        found += [ClaimInArticle(article, view) for view in list_claims(store, article.id)]
    return found


def claims_of_text(store: Store, text_id: TextId) -> tuple[ClaimView, ...]:
    """The claims of one version of a text, as `list_claims`."""
    mentions: dict[ClaimId, Annotation] = {}
    order = ("start", "end", "created_at", "id")
    for item in store.find(
        Annotation, {"text_id": text_id, "motivation": Motivation.CLAIM.value}, order=order
    ):
        if item.claim_id is not None:
            mentions.setdefault(item.claim_id, item)
    claims = {claim.id: claim for claim in store.find(Claim, any_of=("id", mentions))}
    evidence = evidence_of(store, mentions)
    placed = [(claims[id], mention) for id, mention in mentions.items() if id in claims]
    return tuple(
        ClaimView(number, claim, mention, evidence.get(claim.id, ()))
        for number, (claim, mention) in enumerate(placed, start=1)
    )


def claims_by_id(store: Store, text_id: TextId, ids: Iterable[ClaimId]) -> tuple[ClaimView, ...]:
    """Some claims of one version of a text in text order, numbered 0; those it doesn't mention (any more) are left
    out. For whoever knows the others and their order."""
    wanted = list(ids)
    mentions: dict[ClaimId, Annotation] = {}
    found = store.find(Annotation, {"text_id": text_id}, any_of=("claim_id", wanted))
    for item in sorted(found, key=in_text_order):
        if item.claim_id is not None and item.motivation is Motivation.CLAIM:
            mentions.setdefault(item.claim_id, item)
    claims = {claim.id: claim for claim in store.find(Claim, any_of=("id", mentions))}
    evidence = evidence_of(store, mentions)
    return tuple(
        ClaimView(0, claims[id], mention, evidence.get(id, ()))
        for id, mention in mentions.items()
        if id in claims
    )


def in_text_order(mention: Annotation) -> tuple[int, int, str, str]:
    """What the mentions of a text are sorted by."""
    created = mention.created_at.isoformat() if mention.created_at is not None else ""
    return mention.start, mention.end, created, mention.id


def evidence_of(store: Store, claim_ids: Iterable[ClaimId]) -> dict[ClaimId, tuple[EvidenceView, ...]]:
    """The evidence of claims, each with its source, in the order it is listed."""
    links = store.find(Evidence, any_of=("claim_id", claim_ids), order=("rank", "created_at", "id"))
    sources = {
        source.id: source
        for source in store.find(Source, any_of=("id", {link.source_id for link in links}), deleted=True)
    }
    found: dict[ClaimId, list[EvidenceView]] = {}
    for link in links:
        if link.source_id in sources:
            found.setdefault(link.claim_id, []).append(EvidenceView(link, sources[link.source_id]))
        else:
            store.quarantine("evidence", link.id, "its source is missing or can't be read")
    return {id: tuple(items) for id, items in found.items()}
