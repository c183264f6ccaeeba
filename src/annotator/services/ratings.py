"""Ratings: dated judgements on claims."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.annotation import Annotation
from annotator.domain.article import Article, ArticleText
from annotator.domain.claim import Claim
from annotator.domain.evidence import Evidence
from annotator.domain.ids import ClaimId, RatingId, ScaleId
from annotator.domain.rating import DEFAULT_SCALE, RATING_ORDER, Rating, Scale, effective, next_rank
from annotator.storage.store import Store


def scale_of_article(store: Store, article: Article | None) -> Scale:
    """The verdicts that an article is judged by."""
    wanted = (article and article.scale_id) or ScaleId(DEFAULT_SCALE.id)
    # The default scale comes with the program too, so that a damaged row of it stops nobody.
    found = store.find(Scale, {"id": wanted}) or store.find(Scale, {"id": DEFAULT_SCALE.id})
    return found[0] if found else DEFAULT_SCALE


def scale_of_claim(store: Store, claim_id: ClaimId) -> Scale:
    """The verdicts that a claim is judged by: those of the article that mentions it first."""
    for mention in store.find(Annotation, {"claim_id": claim_id}, order=("created_at",)):
        text = store.get_immutable(ArticleText, mention.text_id)
        return scale_of_article(store, store.get(Article, text.article_id, deleted=True))
    return scale_of_article(store, None)


def rate(
    store: Store,
    *,
    claim_id: ClaimId,
    verdict: str | None = None,
    confidence: int | None = None,
    because: str = "",
    gaps: str = "",
    would_change: str = "",
) -> Rating | None:
    """Record a verdict and how sure one is of it, in percent; what is None stays as it was.

    Returns None, and records nothing, when neither changes and no reason is given.

    Raises:
        InvalidValue: the verdict isn't on the scale, or the confidence not within 0-100.
    """
    claim = store.get(Claim, claim_id)
    new_verdict = claim.verdict if verdict is None else scale_of_claim(store, claim_id).step(verdict).key
    new_confidence = claim.confidence if confidence is None else confidence
    if (new_verdict, new_confidence) == (claim.verdict, claim.confidence) and not (
        because or gaps or would_change
    ):
        return None
    store.put(replace(claim, verdict=new_verdict, confidence=new_confidence))
    return store.put(
        Rating(
            id=RatingId(store.new_id()),
            claim_id=claim_id,
            verdict=new_verdict,
            confidence=new_confidence,
            rationale=because,
            gaps=gaps,
            would_change=would_change,
            rated_by=store.user,
            rated_at=store.now,
            rank=next_rank(store.find(Rating, {"claim_id": claim_id}, deleted=True)),
            evidence=tuple(item.id for item in store.find(Evidence, {"claim_id": claim_id}, order=("rank",))),
        )
    )


def step_confidence(store: Store, *, claim_id: ClaimId, step: int) -> Rating | None:
    """Raise or lower the confidence by `step` percent, within 0-100; a claim that has none starts from 50."""
    now = store.get(Claim, claim_id).confidence
    return rate(store, claim_id=claim_id, confidence=min(100, max(0, (50 if now is None else now) + step)))


def history(store: Store, claim_ids: list[ClaimId]) -> dict[ClaimId, tuple[Rating, ...]]:
    """The ratings in force of some claims, the oldest first."""
    rows: dict[ClaimId, list[Rating]] = {}
    for row in store.find(Rating, any_of=("claim_id", claim_ids), order=RATING_ORDER):
        rows.setdefault(row.claim_id, []).append(row)
    return {claim_id: tuple(effective(found)) for claim_id, found in rows.items()}
