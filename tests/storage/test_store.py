"""The store maps entities to rows and guards them."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.claim import Claim, ClaimType
from annotator.domain.entity import Entity
from annotator.domain.ids import ClaimId
from annotator.errors import ConcurrentEdit, InvalidValue, NotFound
from annotator.services.library import Library
from annotator.storage.codec import codec_of
from annotator.storage.tables import TABLES


@pytest.mark.parametrize("cls", TABLES, ids=lambda cls: cls.__name__)
def test_every_field_has_a_column_of_its_name_and_every_column_a_field(cls: type[Entity]) -> None:
    assert {field.name for field in dataclasses.fields(cls)} == set(TABLES[cls].columns.keys())


def test_every_kind_of_entity_has_a_table() -> None:
    import annotator.domain.annotation
    import annotator.domain.evidence
    import annotator.domain.library_rows  # noqa: F401 - imported so that all entities are known

    def subclasses(cls: type[Entity]) -> set[type[Entity]]:
        return {leaf for child in cls.__subclasses__() for leaf in (subclasses(child) or {child})}

    # A dataclass with slots is made twice; the first, slotless one is no entity anybody can use.
    assert {cls.__name__ for cls in subclasses(Entity)} == {cls.__name__ for cls in TABLES}


def add_claim(library: Library, statement: str = "It is so.") -> Claim:
    def use_case(store) -> Claim:
        return store.put(
            Claim(id=ClaimId(store.new_id()), statement=statement, extra={"foreign": [1, {"a": None}]})
        )

    return library.execute(use_case, label="Add").value


def test_what_was_put_comes_back_equal(library: Library) -> None:
    claim = add_claim(library)
    assert library.read(lambda store: store.get(Claim, claim.id)) == claim
    assert claim.rev == 1
    assert claim.created_by == "Tester"
    assert claim.created_at is not None
    assert claim.created_at.utcoffset() is not None


def test_a_change_counts_up_the_revision_and_keeps_the_beginning(library: Library) -> None:
    claim = add_claim(library)
    changed = library.execute(
        lambda store: store.put(replace(claim, type=ClaimType.CAUSE)), label="Edit"
    ).value
    assert changed.rev == 2
    assert changed.created_at == claim.created_at
    assert library.read(lambda store: store.get(Claim, claim.id)) == changed


def test_a_stale_revision_is_refused_and_changes_nothing(library: Library) -> None:
    claim = add_claim(library)
    library.execute(lambda store: store.put(replace(claim, note="first")), label="Edit")
    with pytest.raises(ConcurrentEdit):
        library.execute(lambda store: store.put(replace(claim, note="second")), label="Edit")
    assert library.read(lambda store: store.get(Claim, claim.id)).note == "first"


def test_an_equal_entity_makes_no_edit(library: Library) -> None:
    claim = add_claim(library)
    assert library.execute(lambda store: store.put(claim), label="Nothing").changes is None
    assert library.undo_state().undo == "Add"


def test_an_error_in_a_use_case_leaves_nothing_behind(library: Library) -> None:
    def use_case(store) -> None:
        store.put(Claim(id=ClaimId("x"), statement="half"))
        raise InvalidValue("no")

    with pytest.raises(InvalidValue):
        library.execute(use_case, label="Broken")
    with pytest.raises(NotFound):
        library.read(lambda store: store.get(Claim, "x"))
    assert library.undo_state().undo == ""


def test_what_is_removed_is_found_in_the_bin_only(library: Library) -> None:
    claim = add_claim(library)
    library.execute(lambda store: store.remove(claim), label="Delete")
    with pytest.raises(NotFound):
        library.read(lambda store: store.get(Claim, claim.id))
    assert library.read(lambda store: store.get(Claim, claim.id, deleted=True)).statement == claim.statement


def test_more_ids_than_a_statement_takes_are_found_in_slices(library: Library) -> None:
    claims = library.execute(
        lambda store: [store.put(Claim(id=ClaimId(store.new_id()), statement=str(n))) for n in range(1201)],
        label="Many",
    ).value
    found = library.read(lambda store: store.find(Claim, any_of=("id", [claim.id for claim in claims])))
    assert {claim.id for claim in found} == {claim.id for claim in claims}


def test_the_text_of_an_article_can_not_be_changed(library: Library, add_text) -> None:
    text = add_text("One paragraph.")
    with pytest.raises(InvalidValue):
        library.execute(lambda store: store.put(replace(text, text="Another.")), label="Tamper")


@pytest.mark.parametrize("cls", TABLES, ids=lambda cls: cls.__name__)
def test_the_sample_library_survives_encoding(cls: type[Entity], library: Library) -> None:
    """Every row that a library with the sample article holds decodes to an entity that encodes to the same row."""
    from annotator import paths
    from annotator.services.samples import add_sample

    library.execute(lambda store: add_sample(store, Path(paths.sample_texts())), label="Sample")
    codec = codec_of(cls)
    for entity in library.read(lambda store: store.find(cls)):
        row = codec.encode(entity)
        assert codec.decode([row[name] for name in codec.columns]) == entity
