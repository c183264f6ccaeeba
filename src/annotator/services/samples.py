"""The sample article with finished annotations that a new library offers to open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotator.domain.anchoring import find_quote
from annotator.domain.article import Article
from annotator.domain.claim import ClaimType
from annotator.domain.evidence import Stance
from annotator.domain.ids import SourceId
from annotator.domain.selectors import TextSpan
from annotator.domain.source import Source
from annotator.domain.tag import TagColour
from annotator.errors import UnreadableFile
from annotator.interchange.csl import read_csl
from annotator.services import annotations as marking
from annotator.services import articles, claims, evidence, importing, ratings, sources, tags
from annotator.services.articles import ImportStatus
from annotator.services.claims import ClaimFields
from annotator.services.evidence import EvidenceFields
from annotator.storage.store import Store

SAMPLE = "night-trams.annotations.json"


def add_sample(store: Store, folder: Path, name: str = SAMPLE) -> Article:
    """Import the sample article with its sources, claims, ratings and highlights by the ordinary use cases.

    If the article is in the library already, it is returned as it is.

    Raises:
        UnreadableFile: the sample's files are missing or damaged.
    """
    try:
        plan = json.loads((folder / name).read_text(encoding="utf-8"))
        bibliography = (folder / plan["sources"]).read_bytes()
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableFile(
            f"The sample “{name}” can't be read: {error}.", kept="Nothing was added."
        ) from error
    added = importing.store_article(importing.read_file(folder / plan["article"]))(store)
    if added.status is ImportStatus.KNOWN:
        return added.article
    text = articles.current_text(store, added.article.id)
    by_key = _add_bibliography(store, bibliography)
    for tag in plan["tags"]:
        if tag["name"].casefold() not in {known.name.casefold() for known in tags.list_tags(store)}:
            tags.add_tag(
                store, name=tag["name"], colour=TagColour(tag["colour"]), definition=tag["definition"]
            )
    for row in plan["claims"]:
        _add_claim(store, row, text.id, find_quote(text.text, row["quote"]), by_key)
    for row in plan["highlights"]:
        span = find_quote(text.text, row["quote"])
        marked = tags.ensure_tags(store, [row["tag"]])
        marking.add_highlight(store, text_id=text.id, span=span, note=row["note"], tags=marked)
    return added.article


def _add_bibliography(store: Store, data: bytes) -> dict[str, SourceId]:
    records, _ = read_csl(data)
    sources.add_sources(store, records)
    keys = {str(source.csl.get("id", "")): source.id for source in store.find(Source)}
    return {str(record.csl["id"]): keys[str(record.csl["id"])] for record in records}


def _add_claim(
    store: Store, row: dict[str, Any], text_id: Any, span: TextSpan, by_key: dict[str, SourceId]
) -> None:
    fields = ClaimFields(
        statement=row["statement"],
        type=ClaimType(row["type"]),
        tags=tags.ensure_tags(store, row["tags"]),
        claimant=row["claimant"],
        note=row["note"],
    )
    claim = claims.add_claim(store, text_id=text_id, span=span, claim=fields).claim
    for link in row["evidence"]:
        evidence.link_evidence(
            store,
            claim_id=claim.id,
            source_id=by_key[link["source"]],
            fields=EvidenceFields(
                Stance(link["stance"]), link["quote"], link["locator"], link["note"], link["strength"]
            ),
        )
    for judged in (*row["ratings_before"], row):
        if judged["verdict"] != "open" or judged["confidence"] is not None:
            ratings.rate(
                store,
                claim_id=claim.id,
                verdict=judged["verdict"],
                confidence=judged["confidence"],
                because=judged["because"],
            )
