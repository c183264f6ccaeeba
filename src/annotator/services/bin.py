"""The bin: what lies in it, bringing it back, and deleting it for good.

What went to the bin in one edit and hangs on something that did too went *along* with it: a claim's passages and
evidence, an article's highlights and the claims that only it made. It isn't listed on its own and comes back with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from annotator.domain.annotation import Annotation
from annotator.domain.article import Article
from annotator.domain.claim import Answer, Claim, ClaimRelation, Question
from annotator.domain.entity import Entity
from annotator.domain.evidence import Evidence
from annotator.domain.source import Source
from annotator.domain.tag import Tag
from annotator.errors import Ambiguous, NotFound
from annotator.services import naming
from annotator.storage import references
from annotator.storage.codec import time_to_text
from annotator.storage.references import Binned, Key, Referrer
from annotator.storage.store import Store
from annotator.storage.tables import ENTITIES

KEEP = timedelta(days=30)
_FIRST = ("article", "claim", "source", "question")  # what others go along with, in this order
_PARTS = frozenset({"article_text", "attachment", "rating"})  # of an article or claim; nobody counts them


@dataclass(frozen=True, slots=True)
class BinItem:
    """A thing in the bin; `along` is how many others went there with it, `by` who put it there.

    `days_left` is how long it is still kept: 0 when the 30 days are over.
    """

    kind: str
    id: str
    name: str
    deleted_at: datetime
    by: str
    days_left: int
    along: int


@dataclass(frozen=True, slots=True)
class Emptied:
    """How many things were deleted for good, and how many were kept because others still refer to them."""

    gone: int
    kept: int


def list_bin(store: Store) -> list[BinItem]:
    """What lies in the bin, the youngest first; without what went along with a claim, article or source."""
    graph = _Graph(store)
    roots = graph.roots()
    names = naming.names(store, roots)
    by = references.who_at(store, {graph.rows[key].deleted_at for key in roots})
    found = []
    for key, along in roots.items():
        stored = graph.rows[key].deleted_at
        at = datetime.fromisoformat(stored)
        left = max(0, -((store.now - at - KEEP) // timedelta(days=1)))  # days begun count
        count = len(_people_count(along))
        found.append(BinItem(*key, names.get(key, ""), at, by.get(stored, ""), left, count))
    return sorted(found, key=lambda item: (item.deleted_at, item.id), reverse=True)


def restore_item(store: Store, *, kind: str, id: str) -> int:
    """Bring a thing back from the bin with what went along, and with what they can't be without; how many came back.

    0 when it is outside already: something else may have brought it along.

    Raises:
        NotFound: it is neither in the bin nor outside.
    """
    graph = _Graph(store)
    key = (kind, id)
    if key not in graph.rows and kind in ENTITIES and references.exists(store, key):
        return 0
    if key not in graph.rows:
        raise NotFound(f"There is no {kind} “{id}” in the bin.", kept="Nothing was changed.")
    return len(_people_count(bring_back(store, {key, *graph.along(key)}, graph)))


def find_in_bin(store: Store, reference: str) -> Key:
    """Kind and id of the thing in the bin with that id, or with the only id there that starts so.

    Raises:
        NotFound: nothing fits.
        Ambiguous: several things do.
    """
    wanted = reference.strip().lower()
    fitting = [key for key in references.in_bin(store) if wanted and key[1].startswith(wanted)]
    exact = [key for key in fitting if key[1] == wanted] or fitting
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise Ambiguous(
            f"“{reference}” fits more than one thing in the bin.",
            kept="Nothing was changed.",
            todo="Give more of the id.",
        )
    raise NotFound(f"There is no “{reference}” in the bin.", kept="Nothing was changed.")


def bring_back(
    store: Store, keys: Iterable[Key], graph: _Graph | None = None, *, leave: Collection[Key] = ()
) -> set[Key]:
    """Take things out of the bin, with what they hang on and what went along with that; what came back.

    Of things that aren't in the bin, only what they hang on comes back. Those to `leave` come back only where something
    hangs on them.
    """
    graph = graph or _Graph(store)
    given = set(keys)
    coming = given & graph.rows.keys()
    looking, looked = given, set[Key]()
    while looking:
        looked |= looking
        for item in _all_above(store, looking) & graph.rows.keys():
            if item not in coming:
                coming |= {item, *(graph.along(item) - set(leave))}
        looking = coming - looked
    for kind, ids in references.by_kind(coming).items():
        for found in store.find(ENTITIES[kind], any_of=("id", ids), deleted=True):
            store.put(replace(found, deleted_at=None))
    _settle_tags(store, given | coming)
    return coming


def empty(store: Store, *, items: Sequence[Key] | None = None, older_than: timedelta | None = None) -> int:
    """Delete for good what lies in the bin, or those things with what went along; how many things went.

    See `empty_bin`, which also tells how many were kept.
    """
    return empty_bin(store, items=items, older_than=older_than).gone


def empty_bin(
    store: Store, *, items: Sequence[Key] | None = None, older_than: timedelta | None = None
) -> Emptied:
    """Delete for good what lies in the bin, or those things with what went along: undo can't bring them back.

    Texts and originals go with their article, ratings with their claim. Where something outside of the bin still
    refers to a thing, or something that has to stay, the thing is kept with what went along. With `older_than` only
    what lies there longer goes.

    Raises:
        NotFound: one of the items isn't in the bin.
    """
    graph = _Graph(store)
    before = "" if older_than is None else time_to_text(store.now - older_than)
    chosen: set[Key] = set()
    for key in graph.rows if items is None else items:
        if key not in graph.rows:
            raise NotFound(f"There is no {key[0]} “{key[1]}” in the bin.", kept="Nothing was deleted.")
        if not before or graph.rows[key].deleted_at < before:
            chosen |= {key, *graph.along(key)}
    doomed, stuck = _grown(store, chosen, before)
    kept = _kept(store, graph, doomed, stuck)
    gone = doomed - kept
    for kind, ids in references.by_kind(gone).items():
        store.erase(kind, ids)
    references.drop_drafts(store, gone)
    return Emptied(len(_people_count(gone)), len(_people_count(kept & chosen)))


def bin_parts_of_claim(store: Store, claim: Claim) -> list[Entity]:
    """Move what means nothing without a claim to the bin with it: evidence, relations, questions, answers."""
    questions = store.find(Question, {"claim_id": claim.id})
    parts: list[Entity] = [
        *store.find(Evidence, {"claim_id": claim.id}),
        *store.find(ClaimRelation, {"from_id": claim.id}),
        *store.find(ClaimRelation, {"to_id": claim.id}),
        *store.find(Answer, any_of=("question_id", [question.id for question in questions])),
        *questions,
    ]
    unique = {(type(part), part.id): part for part in parts}  # a claim may be related to itself
    return [store.remove(part) for part in unique.values()]


class _Graph:
    """The rows in the bin and what went along with what."""

    def __init__(self, store: Store) -> None:
        self.rows: dict[Key, Binned] = references.in_bin(store)
        self._below: dict[Key, list[Key]] = {}
        for row in self.rows.values():
            for target in row.hangs_on:
                self._below.setdefault(target, []).append(row.key)
                if (row.key[0], target[0]) in (("annotation", "claim"), ("article_text", "attachment")):
                    # The claim of a passage goes along with the article, the original with its text.
                    self._below.setdefault(row.key, []).append(target)
        articles = [key[1] for key in self.rows if key[0] == "article"]
        # An article's texts stay where they are when it goes to the bin: the way to its passages leads through them.
        self._passed: set[Key] = set()
        for article, text, _ in references.texts_of(store, articles):
            self._passed.add(("article_text", text))
            self._below.setdefault(("article", article), []).append(("article_text", text))

    def along(self, root: Key) -> set[Key]:
        """What went to the bin with a thing in it."""
        time = self.rows[root].deleted_at
        found: set[Key] = set()
        seen, ahead = {root}, [root]
        while ahead:
            for key in self._below.get(ahead.pop(), ()):
                if key in seen:
                    continue
                is_there = key in self.rows
                # Whenever a text went there: an article is nothing without it.
                if is_there and (self.rows[key].deleted_at == time or key[0] in _PARTS):
                    found.add(key)
                elif is_there or key not in self._passed:
                    continue
                seen.add(key)
                ahead.append(key)
        return found

    def roots(self) -> dict[Key, set[Key]]:
        """The things that went along with no other, each with what went along with it."""
        order = {kind: number for number, kind in enumerate(_FIRST)}
        covered: set[Key] = set()
        found: dict[Key, set[Key]] = {}
        for key in sorted(self.rows, key=lambda key: (order.get(key[0], len(order)), key[0] == "attachment")):
            if key not in covered:
                found[key] = self.along(key)
                covered |= found[key]
        return found


def _all_above(store: Store, keys: Iterable[Key]) -> set[Key]:
    """What things hang on, and what that hangs on, through those outside of the bin too."""
    found: set[Key] = set()
    ahead = set(keys)
    while ahead:
        above = {item.target for item in references.targets(store, ahead, holding=True)}
        ahead = above - found
        found |= above
    return found


def _grown(store: Store, chosen: set[Key], before: str) -> tuple[set[Key], set[Key]]:
    """All that would have to go with some things, and those of them that something refers to which has to stay."""
    doomed = set(chosen)
    stuck: set[Key] = set()
    ahead = chosen
    while ahead:
        more = _parts(store, ahead)
        for item in references.referrers(store, ahead):
            if item.key in doomed:
                continue
            if _goes_along(item, before):
                more.add(item.key)
            else:
                stuck.add(item.target)
        ahead = more - doomed
        doomed |= ahead
    # Of those that were met before all was known, some refer to what goes itself.
    again = {item.target for item in references.referrers(store, stuck) if item.key not in doomed}
    tags = [id for kind, id in doomed if kind == "tag"]
    again |= {("tag", tag) for key, tag in references.tagged_with(store, tags) if key not in doomed}
    return doomed, again


def _goes_along(item: Referrer, before: str) -> bool:
    if item.key[0] == "rating" or (item.key[0], item.target[0]) == ("article_text", "article"):
        return True
    return item.holds and item.deleted_at is not None and (not before or item.deleted_at < before)


def _parts(store: Store, keys: Iterable[Key]) -> set[Key]:
    """The texts of articles, and the originals and pictures of those and of other texts."""
    kinds = references.by_kind(keys)
    found: set[Key] = {
        ("article_text", text) for _, text, _ in references.texts_of(store, kinds.get("article", ()))
    }
    texts = {*(id for _, id in found), *kinds.get("article_text", ())}
    of_texts = references.targets(store, (("article_text", id) for id in texts), holding=True)
    originals = {item.target for item in of_texts if item.target[0] == "attachment"}
    return found | originals | {("attachment", id) for id in references.pictures_of(store, texts)}


def _kept(store: Store, graph: _Graph, doomed: set[Key], stuck: set[Key]) -> set[Key]:
    """What can't go: what something refers to that stays, with all it refers to, its parts and what went along."""
    kept: set[Key] = set()
    ahead = stuck & doomed
    while ahead:
        kept |= ahead
        more = {item.target for item in references.targets(store, ahead, holding=False)}
        more |= _parts(store, ahead)
        claims = [key for key in ahead if key[0] == "claim"]
        more |= {item.key for item in references.referrers(store, claims) if item.key[0] == "rating"}
        for key in ahead & graph.rows.keys():
            more |= graph.along(key)
        ahead = (more & doomed) - kept
    return kept


def _settle_tags(store: Store, back: set[Key]) -> None:
    """See to it that what came back carries tags that are there: by name where there is one of that name by now."""
    binned = {str(tag.id): tag for tag in store.find(Tag, deleted=True) if tag.deleted_at is not None}
    worn = [(key, tag) for key, tag in references.tagged_with(store, binned) if key in back]
    if not worn:
        return
    by_name = {tag.name.casefold(): tag for tag in store.find(Tag)}
    for id in dict.fromkeys(tag for _, tag in worn):
        twin = by_name.get(binned[id].name.casefold())
        if twin is None:
            taken = {tag.key for tag in by_name.values() if tag.key}
            key = "" if binned[id].key in taken else binned[id].key
            by_name[binned[id].name.casefold()] = store.put(replace(binned[id], key=key, deleted_at=None))
    for kind, id in dict.fromkeys(key for key, _ in worn):
        found = store.get(ENTITIES[kind], id, deleted=True)
        assert isinstance(found, Article | Annotation | Claim | Source)
        stand_in = {tag: by_name[binned[tag].name.casefold()].id for tag in found.tags if tag in binned}
        store.put(replace(found, tags=tuple(dict.fromkeys(stand_in.get(tag, tag) for tag in found.tags))))


def _people_count(keys: Iterable[Key]) -> set[Key]:
    """Those that people would call a thing."""
    return {key for key in keys if key[0] not in _PARTS}
