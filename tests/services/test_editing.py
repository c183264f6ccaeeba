"""An edit made on a state that somebody else changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from annotator.domain.claim import Claim, ClaimType
from annotator.domain.ids import ClaimId, TagId
from annotator.domain.source import Source
from annotator.errors import EditConflict, NotFound
from annotator.services import claims, editing, history, sources
from annotator.services.bibliographies import SourceFields
from annotator.services.claims import ClaimFields
from annotator.services.library import Library

Edit = Callable[..., Any]


@pytest.fixture
def base(library: Library) -> Claim:
    """A claim as two editors saw it."""
    claim = Claim(id=ClaimId("c"), statement="It is so.", note="A note.", tags=(TagId("a"), TagId("b")))
    return library.execute(lambda store: store.put(claim), label="Add").value


def edit(library: Library, base: Claim | None, **fields: Any) -> Claim:
    changes = ClaimFields(**fields)
    use_case = partial(claims.edit_claim, claim_id=ClaimId("c"), changes=changes, base=base)
    return library.execute(use_case, label="Edit claim").value


def stored(library: Library) -> Claim:
    return library.read(lambda store: store.get(Claim, "c"))


def test_changes_of_different_fields_stand_side_by_side(library: Library, base: Claim) -> None:
    edit(library, None, note="Theirs.")
    edit(library, base, type=ClaimType.EVENT)
    assert (stored(library).note, stored(library).type) == ("Theirs.", ClaimType.EVENT)


def test_the_same_change_made_twice_is_no_conflict(library: Library, base: Claim) -> None:
    edit(library, None, note="The same.")
    edit(library, base, note="The same.")
    assert stored(library).note == "The same."


def test_a_field_that_both_changed_is_a_conflict_that_names_all_three(library: Library, base: Claim) -> None:
    edit(library, None, note="Theirs.")
    before = stored(library)
    with pytest.raises(EditConflict) as caught:
        edit(library, base, note="Mine.", type=ClaimType.EVENT)
    (field,) = caught.value.fields
    assert (field.field, field.base, field.theirs, field.mine) == ("note", "A note.", "Theirs.", "Mine.")
    assert stored(library) == before
    assert caught.value.kept


@pytest.mark.parametrize("chosen", ["Mine.", "Theirs.", "Both."])
def test_a_conflict_is_settled_as_decided_and_the_rest_of_the_change_is_stored(
    library: Library, base: Claim, chosen: str
) -> None:
    edit(library, None, note="Theirs.")
    with pytest.raises(EditConflict) as caught:
        edit(library, base, note="Mine.", type=ClaimType.EVENT)
    use_case = partial(editing.resolve, conflict=caught.value, choices={"note": chosen})
    library.execute(use_case, label="Settle")
    assert (stored(library).note, stored(library).type) == (chosen, ClaimType.EVENT)


def test_who_settles_a_conflict_that_goes_on_is_asked_again(library: Library, base: Claim) -> None:
    edit(library, None, note="Theirs.")
    with pytest.raises(EditConflict) as first:
        edit(library, base, note="Mine.")
    edit(library, None, note="Theirs, once more.")
    with pytest.raises(EditConflict) as second:
        library.execute(
            partial(editing.resolve, conflict=first.value, choices={"note": "Mine."}), label="Settle"
        )
    assert second.value.fields[0].theirs == "Theirs, once more."


def test_tags_of_both_are_joined(library: Library, base: Claim) -> None:
    edit(library, None, tags=("a", "b", "theirs"))
    edit(library, base, tags=("b", "mine"))
    assert stored(library).tags == ("b", "theirs", "mine")


def test_what_was_deleted_meanwhile_is_not_changed(library: Library, base: Claim) -> None:
    library.execute(partial(claims.delete_claim, claim_id=ClaimId("c")), label="Delete claim")
    with pytest.raises(NotFound):
        edit(library, base, note="Mine.")


def test_members_of_a_record_are_merged_one_by_one(library: Library) -> None:
    source = Source(
        id="s", title="T", csl={"type": "book", "publisher": "P", "container-title": "C", "note": "N"}
    )  # type: ignore[arg-type]
    base = library.execute(lambda store: store.put(source), label="Add").value
    theirs = replace(base, csl={**base.csl, "publisher": "Theirs"})
    library.execute(lambda store: store.put(theirs), label="Edit source")
    mine = replace(base, csl={"type": "report", "publisher": "P", "container-title": "C"})
    found = library.execute(
        lambda store: editing.put_changes(store, base=base, mine=mine), label="Edit"
    ).value
    assert dict(found.csl) == {"type": "report", "publisher": "Theirs", "container-title": "C"}
    against = replace(base, csl={**base.csl, "publisher": "Mine"})
    with pytest.raises(EditConflict) as caught:
        library.execute(lambda store: editing.put_changes(store, base=base, mine=against), label="Edit")
    assert [field.field for field in caught.value.fields] == ["csl/publisher"]
    library.execute(
        partial(editing.resolve, conflict=caught.value, choices={"csl/publisher": "Mine"}), label="Settle"
    )
    assert library.read(lambda store: store.get(Source, "s")).csl["publisher"] == "Mine"


def test_a_source_that_two_people_edit_keeps_both_changes(library: Library) -> None:
    fields = SourceFields(title="T", authors=("A, B",), year="2020", url="", doi="", csl={"type": "book"})
    base = library.execute(lambda store: sources.add_source(store, fields), label="Add").value
    library.execute(
        partial(sources.edit_source, source_id=base.id, fields=replace(fields, year="2021"), base=base),
        label="Edit source",
    )
    library.execute(
        partial(sources.edit_source, source_id=base.id, fields=replace(fields, title="Mine"), base=base),
        label="Edit source",
    )
    now = library.read(lambda store: store.get(Source, base.id))
    assert (now.title, now.year) == ("Mine", "2021")
    assert len(library.read(partial(history.steps, scope=history.Scope()))) == 3
