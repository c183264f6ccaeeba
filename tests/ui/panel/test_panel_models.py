"""The models behind the lists of the side panel."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from annotator.domain.annotation import Annotation
from annotator.domain.ids import TagId
from annotator.domain.tag import Tag
from annotator.domain.views import ClaimView
from annotator.ui.panel import ClaimListModel, NotesModel, sources_used
from annotator.ui.panel.sources_list import SourcesModel

Claims = tuple[ClaimView, ...]
Tags = dict[TagId, Tag]


def test_the_claim_model_keeps_qt_s_rules_through_changes(
    qapp: QApplication, claims: Claims, tags: Tags
) -> None:
    model = ClaimListModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for shown in (claims, claims[1:], claims[:1] + claims[2:], (), claims, claims[::-1], claims):
        model.set_claims(shown, tags)
        assert [model.index(row).data(ClaimListModel.ID_ROLE) for row in range(model.rowCount())] == [
            view.claim.id for view in shown
        ]


def test_rows_that_stay_are_the_same_rows(qapp: QApplication, claims: Claims, tags: Tags) -> None:
    model = ClaimListModel()
    model.set_claims(claims, tags)
    kept = QPersistentModelIndex(model.index(2))
    model.set_claims(claims[1:])
    assert (kept.row(), kept.data(ClaimListModel.ID_ROLE)) == (1, "c5")


def test_only_rows_that_differ_are_told_to_be_drawn_again(
    qapp: QApplication, claims: Claims, tags: Tags
) -> None:
    model = ClaimListModel()
    model.set_claims(claims, tags)
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    changed = replace(claims[1], claim=replace(claims[1].claim, confidence=80))
    model.set_claims((claims[0], changed, claims[2]), tags)
    assert told == [1]


def test_a_claim_is_spoken_with_all_it_shows(qapp: QApplication, claims: Claims, tags: Tags) -> None:
    model = ClaimListModel()
    model.set_claims(claims, tags)
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Claim 4. Night-tram ridership rose 18 % during the six-month weekend pilot. "
        "Conflicting, 72 percent confident. 2 support, 1 refute, 1 context. Tag ridership, method."
    )


def test_a_claim_has_the_colour_of_its_first_tag(qapp: QApplication, claims: Claims, tags: Tags) -> None:
    model = ClaimListModel()
    model.set_claims(claims, tags)
    assert model.index(1).data(ClaimListModel.COLOUR_ROLE) == "teal"
    model.set_claims(claims, {})
    assert model.index(1).data(ClaimListModel.COLOUR_ROLE) == ""


def test_the_notes_model_keeps_qt_s_rules(
    qapp: QApplication, marks: tuple[Annotation, ...], tags: Tags
) -> None:
    model = NotesModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for shown in (marks, marks[1:], marks, ()):
        model.set_marks(shown, tags)
        assert model.rowCount() == len(shown)


def test_a_note_is_spoken_with_its_quote(qapp: QApplication, marks: tuple[Annotation, ...]) -> None:
    model = NotesModel()
    model.set_marks(marks)
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Highlight. a curious Saturday crowd. Who counted them?."


def test_sources_are_counted_by_stance_in_the_order_of_their_use(claims: Claims) -> None:
    uses = sources_used(claims)
    assert [(use.source.id, use.counts, use.claims) for use in uses] == [
        ("s1", (("supports", 3), ("refutes", 0), ("context", 0)), 2),
        ("s2", (("supports", 0), ("refutes", 1), ("context", 0)), 1),
        ("s3", (("supports", 0), ("refutes", 0), ("context", 1)), 1),
    ]


def test_the_sources_model_keeps_qt_s_rules(qapp: QApplication, claims: Claims) -> None:
    model = SourcesModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_uses(sources_used(claims))
    assert model.rowCount() == 3
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Counting the night: a re-analysis. Adeyemi 2026. 1 Refutes."
    )
    model.set_uses(())
    assert model.rowCount() == 0
