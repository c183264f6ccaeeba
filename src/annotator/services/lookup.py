"""Finds what people name: by id, by the beginning of an id, by title or name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from annotator.domain.article import Article
from annotator.domain.entity import Entity
from annotator.domain.source import Source
from annotator.errors import Ambiguous, NotFound
from annotator.storage import overview
from annotator.storage.store import Store

E = TypeVar("E", bound=Entity)


def by_id(store: Store, cls: type[E], reference: str, *, word: str) -> E:
    """The entity with that id or with the only id that starts so.

    Raises:
        NotFound: nothing fits.
        Ambiguous: several do.
    """
    wanted = reference.strip().lower()
    found = overview.ids_starting(store, cls, wanted) if wanted else []
    if len(found) == 1 or wanted in found:
        return store.get(cls, wanted if wanted in found else found[0])
    if found:
        raise Ambiguous(
            f"“{reference}” fits more than one {word}.",
            kept="Nothing was changed.",
            todo="Give more of the id.",
        )
    raise NotFound(f"There is no {word} “{reference}” in this library.", kept="Nothing was changed.")


def article(store: Store, reference: str) -> Article:
    """The article with that id, beginning of an id, or exact title."""
    return _titled(store, Article, reference, word="article")


def source(store: Store, reference: str) -> Source:
    """The source with that id, beginning of an id, citation key or exact title."""
    keyed = [
        item for item in store.find(Source) if reference in (item.csl.get("id"), item.csl.get("citation-key"))
    ]
    if len(keyed) == 1:
        return keyed[0]
    return _titled(store, Source, reference, word="source")


def anything(store: Store, reference: str, kinds: Mapping[type[Entity], str]) -> Entity:
    """The entity of one of these classes with that id, or with the only id that starts so; the values are the words
    for them in messages.

    Raises:
        NotFound: nothing fits.
        Ambiguous: several do.
    """
    wanted = reference.strip().lower()
    found = [
        (cls, id) for cls in kinds for id in (overview.ids_starting(store, cls, wanted) if wanted else ())
    ]
    fitting = [item for item in found if item[1] == wanted] or found
    if len(fitting) == 1:
        return store.get(*fitting[0])
    words = list(kinds.values())
    named = " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    if fitting:
        raise Ambiguous(
            f"“{reference}” fits more than one {named}.",
            kept="Nothing was changed.",
            todo="Give more of the id.",
        )
    raise NotFound(f"There is no {named} “{reference}” in this library.", kept="Nothing was changed.")


def _titled(store: Store, cls: type[E], reference: str, *, word: str) -> E:
    titled = store.find(cls, {"title": reference.strip()}) if reference.strip() else []
    if len(titled) == 1:
        return titled[0]
    if titled:
        raise Ambiguous(
            f"{len(titled)} {word}s are titled “{reference}”.",
            kept="Nothing was changed.",
            todo=f"Give the id of the {word}.",
        )
    return by_id(store, cls, reference, word=word)
