"""The Sources tab: what the claims of the article rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import is_not
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStackedWidget, QStyle, QStyledItemDelegate, QVBoxLayout, QWidget
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from annotator.domain.evidence import Stance
from annotator.domain.source import Source, cite_short
from annotator.domain.views import ClaimView, EvidenceView
from annotator.ui.panel import drawing
from annotator.ui.panel.claim_model import Index
from annotator.ui.theme import Theme, ThemeManager, stance_label
from annotator.ui.widgets import EmptyState, follow

_ROW_HEIGHT = 56
_LEFT, _RIGHT, _TOP = 16, 12, 9


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source, how often it is used by stance, and by how many claims."""

    source: Source
    counts: drawing.Counts
    claims: int


def sources_used(claims: Iterable[ClaimView]) -> tuple[SourceUse, ...]:
    """The sources of the claims in the order of their first use."""
    sources: dict[str, Source] = {}
    stances: dict[str, dict[Stance, int]] = {}
    users: dict[str, set[str]] = {}
    for view in claims:
        for item in view.evidence:
            key = item.source.id
            sources.setdefault(key, item.source)
            by_stance = stances.setdefault(key, dict.fromkeys(Stance, 0))
            by_stance[item.evidence.stance] += 1
            users.setdefault(key, set()).add(view.claim.id)
    return tuple(
        SourceUse(
            source, tuple((str(stance), many) for stance, many in stances[key].items()), len(users[key])
        )
        for key, source in sources.items()
    )


class SourcesModel(QAbstractListModel):
    """One row per source."""

    ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1
    USE_ROLE = ID_ROLE + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._uses: tuple[SourceUse, ...] = ()

    def set_uses(self, uses: tuple[SourceUse, ...]) -> None:
        """Show these sources."""
        if uses == self._uses:
            return
        self.beginResetModel()
        self._uses = uses
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._uses)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._uses):
            return None
        use = self._uses[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return use.source.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = ", ".join(f"{many} {stance_label(stance)}" for stance, many in use.counts if many)
            return f"{use.source.title}. {cite_short(use.source)}. {told}."
        if role == self.ID_ROLE:
            return str(use.source.id)
        if role == self.USE_ROLE:
            return use
        return None


class SourceDelegate(QStyledItemDelegate):
    """Draws title, short citation and counts by stance."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes

    def sizeHint(self, _option: Option, _index: Index) -> QSize:
        return QSize(1, _ROW_HEIGHT)  # a row is as wide as the view

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        theme = self._themes.theme
        use: SourceUse = index.data(SourcesModel.USE_ROLE)
        box = option.rect
        active = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing.draw_card_ground(painter, theme, box, selected=active, hovered=hovered)
        if option.state & QStyle.StateFlag.State_HasFocus:
            drawing.draw_card_outline(painter, theme, box)
        title = theme.font("ui")
        title.setWeight(title.Weight.Medium)
        painter.setPen(theme.color("text"))
        room = QRect(box.left() + _LEFT, box.top() + _TOP, box.width() - _LEFT - _RIGHT, 18)
        drawing.draw_clamped(
            painter, drawing.mirrored(option.direction, box, room), use.source.title, title, 18, 1
        )
        wide = drawing.counts_width(theme, use.counts)
        y = box.top() + _TOP + 20
        counts = drawing.mirrored(option.direction, box, QRect(box.right() + 1 - _RIGHT - wide, y, wide, 16))
        device = painter.device()
        dpr = device.devicePixelRatioF() if device else 1.0
        drawing.draw_counts(painter, theme, QPoint(counts.topLeft()), use.counts, dpr)
        painter.setPen(theme.color("textMuted"))
        room = QRect(box.left() + _LEFT, y, box.width() - _LEFT - _RIGHT - wide - 12, 16)
        cited = drawing.mirrored(option.direction, box, room)
        drawing.draw_clamped(painter, cited, cite_short(use.source), theme.font("caption"), 16, 1)
        painter.restore()


class SourcesList(QWidget):
    """The sources used in the article; `source_opened` carries the id of the one that was clicked or entered."""

    source_opened = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evidence: list[tuple[EvidenceView, ...]] = []
        self.sources = SourcesModel(self)
        self.view = QListView(self)
        self.view.setObjectName("sources_used_list")
        self.view.setAccessibleName(self.tr("Sources used in this article"))
        self.view.setModel(self.sources)
        self.view.setItemDelegate(SourceDelegate(themes, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setResizeMode(QListView.ResizeMode.Fixed)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.activated.connect(lambda index: self.source_opened.emit(index.data(SourcesModel.ID_ROLE)))
        self._stack = QStackedWidget(self)
        hint = self.tr("Press [L] on a claim to link one.")
        self._stack.addWidget(EmptyState(themes, "library", self.tr("No sources linked yet"), hint))
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setFocusProxy(self.view)
        follow(themes, self._restyle)

    def set_claims(self, claims: Iterable[ClaimView]) -> int:
        """Show the sources of these claims; how many there are. Nothing is done when all evidence is the same."""
        linked = [view for view in claims if view.evidence]
        evidence = [view.evidence for view in linked]
        if len(evidence) != len(self._evidence) or any(map(is_not, evidence, self._evidence)):
            self._evidence = evidence
            self.sources.set_uses(sources_used(linked))
            self._stack.setCurrentIndex(1 if linked else 0)
        return self.sources.rowCount()

    def _restyle(self, _theme: Theme) -> None:
        self.view.viewport().update()
