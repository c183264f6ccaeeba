"""Texts that were being typed when the program was cut off."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from annotator.domain.article import ArticleText
from annotator.domain.claim import Claim
from annotator.domain.selectors import TextSpan
from annotator.errors import EditConflict, InvalidValue
from annotator.services import annotations, claims, drafts, history, recovery_files
from annotator.services.drafts import FORM, Typing
from annotator.services.library import Library
from annotator.services.recovery_files import Unsaved


@pytest.fixture
def claim(library: Library, add_text: Callable[..., ArticleText]) -> Claim:
    """A claim in an article."""
    text = add_text("Trams run all night. Buses do not.")
    use_case = partial(claims.add_claim, text_id=text.id, span=TextSpan(8, 28))
    return library.execute(use_case, label="Tag claim").value.claim


def keep(library: Library, typing: Typing) -> None:
    library.execute(partial(drafts.keep, typing=typing), label="")


def left_over(library: Library) -> list[drafts.KeptTyping]:
    return library.read(drafts.left_over)


def test_a_text_that_is_typed_is_kept_over_a_restart_and_is_no_step(library: Library, claim: Claim) -> None:
    steps = len(library.read(partial(history.steps, scope=history.Scope())))
    keep(library, Typing("claim", claim.id, "note", "", "Half a"))
    keep(library, Typing("claim", claim.id, "note", "", "Half a sent🙂"))
    assert len(library.read(partial(history.steps, scope=history.Scope()))) == steps
    with Library.open(library.path) as again:
        (kept,) = left_over(again)
        assert (kept.typing.text, kept.stored, kept.name) == ("Half a sent🙂", "", claim.statement)
        assert kept.article_id


def test_a_text_is_put_back_where_it_belongs_and_undone(library: Library, claim: Claim) -> None:
    typing = Typing("claim", claim.id, "statement", claim.statement, "Trams run at night.")
    keep(library, typing)
    library.execute(partial(drafts.commit, typing=typing), label="Put back")
    assert library.read(lambda store: store.get(Claim, claim.id)).statement == "Trams run at night."
    assert left_over(library) == []
    library.undo()
    assert library.read(lambda store: store.get(Claim, claim.id)).statement == claim.statement


def test_a_text_whose_field_was_changed_meanwhile_is_a_conflict_and_stays_kept(
    library: Library, claim: Claim
) -> None:
    typing = Typing("claim", claim.id, "note", "", "Mine")
    keep(library, typing)
    theirs = claims.ClaimFields(note="Theirs")
    library.execute(partial(claims.edit_claim, claim_id=claim.id, changes=theirs), label="Edit note")
    with pytest.raises(EditConflict):
        library.execute(partial(drafts.commit, typing=typing), label="Put back")
    assert [kept.stored for kept in left_over(library)] == ["Theirs"]


def test_a_text_that_was_stored_after_all_is_not_offered(library: Library, claim: Claim) -> None:
    keep(library, Typing("claim", claim.id, "note", "", "Written"))
    changes = claims.ClaimFields(note="Written")
    library.execute(partial(claims.edit_claim, claim_id=claim.id, changes=changes), label="Edit note")
    assert left_over(library) == []


def test_the_text_of_a_note_is_put_back(library: Library, add_text: Callable[..., ArticleText]) -> None:
    text = add_text("Trams run all night.", title="Another")
    mark = library.execute(
        partial(annotations.add_highlight, text_id=text.id, span=TextSpan(8, 13)), label="Highlight"
    ).value
    typing = Typing("annotation", mark.id, "note", "", "Why?")
    keep(library, typing)
    (kept,) = left_over(library)
    assert kept.name == mark.segments[0].exact
    library.execute(partial(drafts.commit, typing=typing), label="Put back")
    assert [item.note for item in library.read(lambda store: annotations.marks(store, text.id))] == ["Why?"]


def test_the_fields_of_a_form_are_kept_together(library: Library) -> None:
    typing = Typing("source", "", FORM, "", drafts.form_of({"title": "Counting trams", "year": "2026"}))
    keep(library, typing)
    assert library.read(lambda store: drafts.kept_form(store, typing.key)) == {
        "title": "Counting trams",
        "year": "2026",
    }
    assert drafts.readable(typing) == "Counting trams\n\n2026"
    library.execute(partial(drafts.drop, key=typing.key), label="")
    assert left_over(library) == []


def test_work_is_never_forgotten(library: Library, claim: Claim) -> None:
    with pytest.raises(InvalidValue):
        library.execute(lambda store: store.forget(Claim, claim.id), label="Forget")


STEPS = (
    Unsaved(
        "Edit note", datetime(2026, 3, 21, 9, tzinfo=UTC), "", Typing("claim", "c", "note", "", "Typed🙂")
    ),
    Unsaved("Tag claim", datetime(2026, 3, 21, 10, tzinfo=UTC), "span: 1-20"),
)


def test_a_recovery_file_holds_what_was_not_saved_for_people_and_for_the_program(tmp_path: Path) -> None:
    library, folder = tmp_path / "l.annotator", tmp_path / "data"
    path = recovery_files.write(library, STEPS, data_folder=folder)
    assert path is not None
    assert json.loads(path.read_text(encoding="utf-8"))["steps"][0]["typing"]["text"] == "Typed🙂"
    (found,) = recovery_files.find(library, data_folder=folder)
    assert found.steps == STEPS
    assert recovery_files.find(tmp_path / "other.annotator", data_folder=folder) == []
    aside = recovery_files.set_aside(found)
    assert aside.exists()
    assert recovery_files.find(library, data_folder=folder) == []


def test_a_recovery_file_goes_elsewhere_when_the_data_folder_takes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    path = recovery_files.write(tmp_path / "l.annotator", STEPS, data_folder=tmp_path / "data")
    assert path is not None
    assert path.is_relative_to(tmp_path / "temporary")
    recovery_files.clear(tmp_path / "l.annotator", data_folder=tmp_path / "data")
    assert not path.exists()


def test_what_a_step_was_about_is_told_in_words(claim: Claim) -> None:
    use_case = partial(claims.edit_claim, claim_id=claim.id, changes=claims.ClaimFields(note="N"), base=claim)
    assert recovery_files.describe(use_case) == f"claim_id: {claim.id}; note: N"
