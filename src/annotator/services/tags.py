"""Tags: the categories of a library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.domain.ids import TagId
from annotator.domain.tag import PATTERN_OF, Tag, TagColour
from annotator.errors import InvalidValue, NotFound
from annotator.storage import overview
from annotator.storage.store import Store


def list_tags(store: Store) -> list[Tag]:
    """All tags: those with a key first, in the order of the keys, then by name."""
    return sorted(store.find(Tag), key=lambda tag: (tag.key == "", tag.key, tag.name.casefold()))


def tag_uses(store: Store) -> dict[str, int]:
    """How often each tag is used, by its id."""
    return overview.tag_uses(store)


def add_tag(
    store: Store, *, name: str, colour: TagColour | None = None, definition: str = "", key: str = ""
) -> Tag:
    """Make a tag; without a colour it gets the one used least.

    Raises:
        InvalidValue: the name is empty or taken, or the key isn't 1 to 8.
    """
    clean = " ".join(name.split())
    tags = store.find(Tag)
    if not clean:
        raise InvalidValue("A tag needs a name.", kept="Nothing was changed.")
    if any(tag.name.casefold() == clean.casefold() for tag in tags):
        raise InvalidValue(
            f"There is a tag “{clean}” already.", kept="Nothing was changed.", todo="Use it, or another name."
        )
    if key and key not in "12345678":
        raise InvalidValue(
            f"“{key}” can't be the key of a tag.", kept="Nothing was changed.", todo="Use 1 to 8."
        )
    for tag in tags:
        if key and tag.key == key:
            store.put(replace(tag, key=""))
    used = [tag.colour for tag in tags]
    chosen = colour or min(TagColour, key=used.count)
    return store.put(
        Tag(
            id=TagId(store.new_id()),
            name=clean,
            colour=chosen,
            pattern=PATTERN_OF[chosen],
            definition=definition,
            key=key,
        )
    )


def tag_named(store: Store, name: str) -> Tag:
    """The tag with that name, whatever its case.

    Raises:
        NotFound: there is none.
    """
    for tag in store.find(Tag):
        if tag.name.casefold() == name.strip().casefold():
            return tag
    raise NotFound(f"There is no tag “{name}” in this library.", kept="Nothing was changed.")


def ensure_tags(store: Store, names: Sequence[str]) -> tuple[TagId, ...]:
    """The ids of tags by name, each once; names that are new become tags."""
    known = {tag.name.casefold(): tag.id for tag in store.find(Tag)}
    ids: list[TagId] = []
    for name in names:
        clean = " ".join(name.split())
        if clean.casefold() not in known:
            known[clean.casefold()] = add_tag(store, name=clean).id
        if known[clean.casefold()] not in ids:
            ids.append(known[clean.casefold()])
    return tuple(ids)
