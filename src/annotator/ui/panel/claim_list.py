"""The list of claims and how a claim is drawn in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.claim import OPEN
from annotator.domain.ids import ClaimId
from annotator.domain.views import ClaimView
from annotator.ui import icons
from annotator.ui.panel import drawing, words
from annotator.ui.panel.claim_model import ClaimListModel, Index
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import follow

ROW_HEIGHT = 75
_TEXT_LEFT = 40
_RIGHT = 12
_TOP = 9
_META_TOP = 49


class ClaimDelegate(QStyledItemDelegate):
    """Draws a claim as a card: tag bar, number, statement in two lines, verdict, confidence, evidence counts."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes

    def _draw_meta(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, dpr: float) -> None:
        theme = self._themes.theme
        view: ClaimView = index.data(ClaimListModel.VIEW_ROLE)
        style = theme.verdict(view.claim.verdict)
        word = index.data(ClaimListModel.VERDICT_WORD_ROLE)
        color, icon = style.color, style.icon
        if not view.mention.placed:
            color, icon = theme.color("warning"), "unlink"
            word = f"{words.unplaced()} · {word}"
        counts = index.data(ClaimListModel.COUNTS_ROLE)
        font = theme.font("caption")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        box, y = option.rect, option.rect.top() + _META_TOP

        def place(left: int, width: int) -> QRect:
            return drawing.mirrored(option.direction, box, QRect(box.left() + left, y, width, 16))

        wide = 19 + metrics.horizontalAdvance(word)
        at = place(_TEXT_LEFT, wide).topLeft()
        drawing.draw_icon_text(painter, at, icon, word, color, gap=5, dpr=dpr)
        counted = drawing.counts_width(theme, counts)
        at = place(box.width() - _RIGHT - counted, counted).topLeft()
        drawing.draw_counts(painter, theme, at, counts, dpr)
        if view.claim.confidence is None:
            return
        x = _TEXT_LEFT + wide + 12
        told = words.percent(view.claim.confidence)
        room = box.width() - _RIGHT - counted - 8 - x - metrics.horizontalAdvance(told)
        if room >= 50:
            meter = place(x, 44).adjusted(0, 6, 0, -6)
            mirror = option.direction == Qt.LayoutDirection.RightToLeft
            ground, ink = theme.color("border"), theme.color("textSecondary")
            drawing.draw_meter(painter, meter, view.claim.confidence / 100, ground, ink, mirror=mirror)
            x += 50
        painter.setPen(theme.color("textSecondary"))
        number = place(x, metrics.horizontalAdvance(told) + 2)
        painter.drawText(number, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, told)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(1, ROW_HEIGHT)  # a row is as wide as the view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        theme = self._themes.theme
        view: ClaimView = index.data(ClaimListModel.VIEW_ROLE)
        box = option.rect
        active = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing.draw_card_ground(painter, theme, box, selected=active, hovered=hovered)
        if active:
            drawing.draw_card_outline(painter, theme, box)
        wide = 6 if hovered else 4
        bar = QRect(box.left(), box.top() + _TOP, wide, box.height() - 2 * _TOP - 1)
        colour = index.data(ClaimListModel.COLOUR_ROLE)
        ink = theme.tag(colour).line if colour else theme.color("borderStrong")
        right_side = option.direction == Qt.LayoutDirection.RightToLeft
        drawing.draw_tag_bar(
            painter, drawing.mirrored(option.direction, box, bar), ink, right_side=right_side
        )
        number = drawing.mirrored(option.direction, box, QRect(box.left() + 14, box.top() + _TOP, 24, 18))
        painter.setFont(theme.font("uiStrong"))
        painter.setPen(theme.color("accent" if active else "textSecondary"))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(number, flags, str(view.number))
        painter.setPen(theme.color("text"))
        text = QRect(box.left() + _TEXT_LEFT, box.top() + _TOP, box.width() - _TEXT_LEFT - _RIGHT, 36)
        text = drawing.mirrored(option.direction, box, text)
        drawing.draw_clamped(painter, text, view.claim.statement, theme.font("ui"), theme.line_height("ui"))
        device = painter.device()
        self._draw_meta(painter, option, index, device.devicePixelRatioF() if device else 1.0)
        painter.restore()


class ClaimList(QListView):
    """The claims of the article. Choosing one emits `claim_selected`; being told which is active emits nothing."""

    claim_selected = Signal(str)
    claim_opened = Signal(str)
    delete_requested = Signal(str)
    link_requested = Signal(str)
    place_requested = Signal(str)  # to give a claim that has no place in the text the selected one
    hovered_claim_changed = Signal(str)  # "" when the pointer is over none

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._telling = True
        self._read_only = False
        self._hiding = False
        self._hovered = ""
        self._filter: Callable[[ClaimView], bool] | None = None
        self.claims = ClaimListModel(self)
        self.setObjectName("claim_list")
        self.setAccessibleName(self.tr("Claim list"))
        self.setModel(self.claims)
        self.setItemDelegate(ClaimDelegate(themes, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoScroll(
            False
        )  # Qt would move the list to a card that is clicked, while the text moves to it
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT // 3)
        self.entered.connect(lambda index: self._hover(index.data(ClaimListModel.ID_ROLE)))
        self.viewportEntered.connect(lambda: self._hover(""))
        self.doubleClicked.connect(lambda index: self.claim_opened.emit(index.data(ClaimListModel.ID_ROLE)))
        for changed in (self.claims.rowsInserted, self.claims.dataChanged):
            changed.connect(self._apply_filter)
        follow(themes, self._restyle)

    def active_claim(self) -> str:
        """The id of the active claim, "" without one."""
        return self.currentIndex().data(ClaimListModel.ID_ROLE) or ""

    def set_active(self, claim_id: str | None) -> None:
        """Show which claim is active, scrolling only as far as needed, and not at all to the one that was active
        already or was chosen here; tells nobody."""
        row = self.claims.row_of(claim_id) if claim_id else None
        self._telling = False
        if row is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif row != self.currentIndex().row():
            self.setCurrentIndex(self.claims.index(row))
            self.scrollTo(self.claims.index(row), QListView.ScrollHint.EnsureVisible)
        self._telling = True

    def bring_active(self) -> None:
        """Scroll to the active claim as far as needed if nothing, or next to nothing, is to be seen of its card."""
        card = self.visualRect(self.currentIndex())
        if self.currentIndex().isValid() and not self._is_seen(card):
            self.scrollTo(self.currentIndex(), QListView.ScrollHint.EnsureVisible)

    def follow(self, claim_id: str) -> None:
        """Let the list begin with a claim, without choosing it."""
        row = self.claims.row_of(claim_id)
        if row is not None and not self.isRowHidden(row):
            self.scrollTo(self.claims.index(row), QListView.ScrollHint.PositionAtTop)

    def _is_seen(self, card: QRect) -> bool:
        shown = card.intersected(self.viewport().rect())
        return shown.height() >= min(ROW_HEIGHT // 2, self.viewport().height())

    def step(self, by: int) -> None:
        """Choose the next (1) or the previous (-1) visible claim, as the user does."""
        row = self.currentIndex().row() + by
        while 0 <= row < self.claims.rowCount():
            if not self.isRowHidden(row):
                self.setCurrentIndex(self.claims.index(row))
                if self.hasFocus():  # one has to see where one is
                    self.bring_active()
                return
            row += by

    def step_to_open(self) -> bool:
        """Choose the next claim without a verdict, after the last one from the top again; False when there is none."""
        views, now = self.claims.claims(), self.currentIndex().row()
        rows = [*range(now + 1, len(views)), *range(max(now, 0))]
        row = next((row for row in rows if is_open(views[row]) and not self.isRowHidden(row)), None)
        if row is not None:
            self.setCurrentIndex(self.claims.index(row))
        return row is not None

    def set_filter(self, wanted: Callable[[ClaimView], bool] | None) -> None:
        """Show only the claims that `wanted` accepts, or all."""
        self._filter = wanted
        self._apply_filter()

    def hidden_claims(self) -> frozenset[ClaimId]:
        """The claims that the filter doesn't let through."""
        wanted = self._filter
        if wanted is None:
            return frozenset()
        return frozenset(view.claim.id for view in self.claims.claims() if not wanted(view))

    def shown_count(self) -> int:
        """How many claims the filter lets through."""
        return self.claims.rowCount() - len(self.hidden_claims())

    def set_read_only(self, read_only: bool) -> None:
        """Leave out what changes a claim."""
        self._read_only = read_only

    def context_menu(self, claim_id: str) -> QMenu:
        """The menu of a claim."""
        theme = self._themes.theme
        menu = QMenu(self)
        show = menu.addAction(self.tr("Edit claim\tEnter"))
        show.setIcon(icons.icon("pencil", theme.color("textSecondary")))
        show.triggered.connect(lambda: self.claim_opened.emit(claim_id))
        link = menu.addAction(self.tr("Link source…\tL"))
        link.setIcon(icons.icon("link", theme.color("textSecondary")))
        link.triggered.connect(lambda: self.link_requested.emit(claim_id))
        view = self.claims.view(claim_id)
        changing = [link]
        if view is not None and not view.mention.placed:
            place = menu.addAction(self.tr("Place at the selection\tP"))
            place.setIcon(icons.icon("locate-fixed", theme.color("textSecondary")))
            place.triggered.connect(lambda: self.place_requested.emit(claim_id))
            changing.append(place)
        menu.addSeparator()
        delete = menu.addAction(self.tr("Delete claim\tDel"))
        delete.setIcon(icons.icon("trash-2", theme.color("textSecondary")))
        delete.triggered.connect(lambda: self.delete_requested.emit(claim_id))
        for action in (*changing, delete):
            action.setEnabled(not self._read_only)
        return menu

    def _apply_filter(self) -> None:
        if self._filter is None and not self._hiding:
            return
        self._hiding = self._filter is not None
        for row, view in enumerate(self.claims.claims()):
            hidden = self._filter is not None and not self._filter(view)
            if hidden != self.isRowHidden(row):
                self.setRowHidden(row, hidden)

    def _hover(self, claim_id: str) -> None:
        if claim_id != self._hovered:
            self._hovered = claim_id
            self.hovered_claim_changed.emit(claim_id)

    def _restyle(self, _theme: Theme) -> None:
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover("")

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._telling and current.isValid():
            self.claim_selected.emit(current.data(ClaimListModel.ID_ROLE))

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        # Qt moves the current index off a row that goes; that is not the user's choice.
        self._telling = False
        super().rowsAboutToBeRemoved(parent, start, end)
        self._telling = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        active = self.active_claim()
        if active and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.claim_opened.emit(active)
        elif active and event.key() == Qt.Key.Key_Delete and not self._read_only:
            self.delete_requested.emit(active)
        elif event.text() and event.text().isprintable() and event.key() != Qt.Key.Key_Space:
            event.ignore()  # single keys belong to the window; type-ahead over statements would swallow them
        else:
            super().keyPressEvent(event)
            if self.active_claim() != active:
                self.bring_active()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if keyboard else event.pos()
            self.context_menu(index.data(ClaimListModel.ID_ROLE)).popup(
                self.viewport().mapToGlobal(QPoint(place))
            )

    def sizeHint(self) -> QSize:
        return QSize(412, 3 * ROW_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, ROW_HEIGHT)


def is_open(view: ClaimView) -> bool:
    """Whether a claim has no verdict yet."""
    return view.claim.verdict == OPEN
