"""Text that is being typed: kept in the library until it is committed, and offered again after a sudden end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from annotator.domain.annotation import Annotation
from annotator.domain.article import ArticleText
from annotator.domain.claim import Claim
from annotator.domain.evidence import Evidence
from annotator.domain.ids import ClaimId
from annotator.domain.library_rows import Draft
from annotator.errors import NotFound
from annotator.services import annotations as marking
from annotator.services import claims
from annotator.storage.store import Store

FORM = "form"  # the field of a draft that holds a whole dialog: a JSON object of its fields


@dataclass(frozen=True, slots=True)
class Typing:
    """What somebody types: into which field of what, the text when typing began, and the text now."""

    kind: str
    entity_id: str
    field: str
    base: str
    text: str

    @property
    def key(self) -> str:
        """The same for the same field."""
        return f"{self.kind}:{self.entity_id}:{self.field}"


@dataclass(frozen=True, slots=True)
class KeptTyping:
    """A text that was never committed. `name` says where it belongs, `stored` what is there now (None: gone)."""

    typing: Typing
    at: datetime | None
    name: str
    stored: str | None
    article_id: str = ""


def keep(store: Store, typing: Typing) -> None:
    """Keep a text that is being typed; one kept for the same field gives way. No step of the history."""
    known = store.find(Draft, {"id": typing.key})
    row = known[0] if known else Draft(id=typing.key, kind="", entity_id="", field="")
    store.put(
        replace(
            row,
            kind=typing.kind,
            entity_id=typing.entity_id,
            field=typing.field,
            text=typing.text,
            base=typing.base,
        )
    )


def drop(store: Store, key: str) -> None:
    """Forget the text kept for a field: it was committed, or thrown away on purpose."""
    store.forget(Draft, key)


def left_over(store: Store) -> list[KeptTyping]:
    """The texts that were never committed, in the order they were begun; those that were stored after all are not
    among them."""
    found = []
    for row in store.find(Draft, order=("created_at", "id")):
        typing = Typing(row.kind, row.entity_id, row.field, row.base, row.text)
        name, stored, article_id = _place(store, typing)
        if stored != row.text:
            found.append(KeptTyping(typing, row.updated_at, name, stored, article_id))
    return found


def commit(store: Store, typing: Typing) -> None:
    """Store a text that was kept, where it belongs, and forget that it was kept.

    Raises:
        EditConflict: the field holds neither the text typing began with nor this one.
        NotFound: what it belongs to is gone.
    """
    if typing.kind == "claim" and typing.field in ("statement", "note"):
        claim = store.get(Claim, typing.entity_id)
        fields: dict[str, Any] = {typing.field: typing.text}
        began: dict[str, Any] = {typing.field: typing.base}
        claims.edit_claim(
            store,
            claim_id=claim.id,
            changes=claims.ClaimFields(**fields),
            base=replace(claim, **began),
        )
    elif typing.kind == "annotation" and typing.field == "note":
        mark = store.get(Annotation, typing.entity_id)
        marking.set_note(store, annotation_id=mark.id, note=typing.text, base=replace(mark, note=typing.base))
    else:
        raise NotFound("The form this was typed into has to be opened to store it.", kept="The text is kept.")
    drop(store, typing.key)


def form_of(texts: dict[str, str]) -> str:
    """The fields of a dialog as the text of a draft."""
    return json.dumps(texts, ensure_ascii=False)


def texts_of(form: str) -> dict[str, str]:
    """The fields of a dialog; nothing where the draft can't be read."""
    try:
        found = json.loads(form)
    except ValueError:
        return {}
    return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}


def readable(typing: Typing) -> str:
    """What was typed, for people: of a form its fields one below the other."""
    if typing.field != FORM:
        return typing.text
    return "\n\n".join(text for text in texts_of(typing.text).values() if text)


def kept_form(store: Store, key: str) -> dict[str, str]:
    """What was typed into a dialog that was cut off, by the names of its fields."""
    rows = store.find(Draft, {"id": key})
    return texts_of(rows[0].text) if rows else {}


def _place(store: Store, typing: Typing) -> tuple[str, str | None, str]:
    """What a text belongs to in a few words, what is stored there, and the article it is in."""
    if typing.kind == "claim":
        for claim in store.find(Claim, {"id": typing.entity_id}):
            stored = getattr(claim, typing.field, None)
            article_id = _article_of(store, store.find(Annotation, {"claim_id": ClaimId(claim.id)}))
            return claim.statement, stored if isinstance(stored, str) else "", article_id
    if typing.kind == "evidence":
        for link in store.find(Evidence, {"id": typing.entity_id}):
            return _place(store, replace(typing, kind="claim", entity_id=link.claim_id))
    if typing.kind == "annotation":
        for mark in store.find(Annotation, {"id": typing.entity_id}):
            return mark.segments[0].exact, mark.note, _article_of(store, [mark])
    return "", "" if typing.field == FORM else None, ""


def _article_of(store: Store, mentions: Sequence[Annotation]) -> str:
    for mention in mentions:
        return store.get_immutable(ArticleText, mention.text_id).article_id
    return ""
