"""The claims of an article as a list model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.evidence import Stance
from annotator.domain.ids import TagId
from annotator.domain.rating import DEFAULT_SCALE, Scale
from annotator.domain.tag import Tag
from annotator.domain.views import ClaimView
from annotator.ui.panel import words

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")
_NO_TAGS: Mapping[TagId, Tag] = MappingProxyType({})


class ClaimListModel(QAbstractListModel):
    """One row per claim, in text order. Changes keep the rows that stay, so selection and scrolling stay too."""

    ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1
    VIEW_ROLE = ID_ROLE + 1
    COLOUR_ROLE = ID_ROLE + 2
    VERDICT_WORD_ROLE = ID_ROLE + 3
    COUNTS_ROLE = ID_ROLE + 4

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._claims: tuple[ClaimView, ...] = ()
        self._tags = _NO_TAGS
        self._scale = DEFAULT_SCALE

    def claims(self) -> tuple[ClaimView, ...]:
        """What the model shows."""
        return self._claims

    def view(self, claim_id: str) -> ClaimView | None:
        """The claim with that id, if it is here."""
        row = self.row_of(claim_id)
        return None if row is None else self._claims[row]

    def row_of(self, claim_id: str) -> int | None:
        """The row of a claim, None when it isn't here."""
        for row, view in enumerate(self._claims):
            if view.claim.id == claim_id:
                return row
        return None

    def set_claims(
        self,
        claims: tuple[ClaimView, ...],
        tags: Mapping[TagId, Tag] | None = None,
        scale: Scale | None = None,
    ) -> None:
        """Show these claims; `tags` and `scale` stay as they were when not given."""
        dressed = (tags is not None and tags != self._tags) or (scale is not None and scale != self._scale)
        self._tags = self._tags if tags is None else tags
        self._scale = self._scale if scale is None else scale
        old = self._claims
        head, tail = common_ends(old, claims, _id_of)
        if head + tail < len(old):
            self.beginRemoveRows(QModelIndex(), head, len(old) - tail - 1)
            self._claims = old[:head] + old[len(old) - tail :]
            self.endRemoveRows()
        if head + tail < len(claims):
            self.beginInsertRows(QModelIndex(), head, len(claims) - tail - 1)
            self._claims = claims
            self.endInsertRows()
        self._claims = claims
        if dressed and claims:
            self.dataChanged.emit(self.index(0), self.index(len(claims) - 1))
            return
        kept = [*zip(range(head), old, claims, strict=False)]
        rows = range(len(claims) - tail, len(claims))
        kept += zip(rows, old[len(old) - tail :], claims[len(claims) - tail :], strict=True)
        for first, last in runs([row for row, was, view in kept if was is not view and was != view]):
            self.dataChanged.emit(self.index(first), self.index(last))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._claims)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._claims):
            return None
        view = self._claims[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return view.claim.statement
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.spoken_claim(view, self._tags, self._scale)
        if role == Qt.ItemDataRole.ToolTipRole:
            return view.quote
        if role == self.ID_ROLE:
            return str(view.claim.id)
        if role == self.VIEW_ROLE:
            return view
        if role == self.COLOUR_ROLE:
            return words.tag_colour(view, self._tags)
        if role == self.VERDICT_WORD_ROLE:
            return words.verdict_word(view.claim.verdict, self._scale)
        if role == self.COUNTS_ROLE:
            return tuple((str(stance), view.count(stance)) for stance in Stance)
        return None


def common_ends(one: Sequence[T], other: Sequence[T], key: Callable[[T], str]) -> tuple[int, int]:
    """How many items both begin with, and how many of the others both end with."""
    shorter = min(len(one), len(other))
    head = tail = 0
    while head < shorter and (one[head] is other[head] or key(one[head]) == key(other[head])):
        head += 1
    while tail < shorter - head and key(one[-1 - tail]) == key(other[-1 - tail]):
        tail += 1
    return head, tail


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Rising numbers as ranges of neighbours: the first and the last of each."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def _id_of(view: ClaimView) -> str:
    return view.claim.id
