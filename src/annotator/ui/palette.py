"""The command palette: type a few letters of a command or an article, press Return."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QFont,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.views import ArticleSummary
from annotator.ui.dialogs.card_button import key_width, paint_key
from annotator.ui.icons import pixmap
from annotator.ui.palette_search import HITS_ROLE, ITEM_ROLE, PaletteItem, PaletteModel
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow
from annotator.ui.widgets.labels import IconLabel, KeyCap, label

Index = QModelIndex | QPersistentModelIndex

_WIDE, _TOP = 560, 88
_HEAD, _FOOT, _ROW, _CAPTION = 56, 40, 44, 30
_MOST_ROWS = 9


class _PaletteDelegate(QStyledItemDelegate):
    """Icon, text with the letters found in the accent colour, hint, keys; captions above groups."""

    def __init__(self, themes: ThemeManager, model: PaletteModel, view: QListView) -> None:
        super().__init__(view)
        self._themes, self._model, self._view = themes, model, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(ITEM_ROLE)
        if not isinstance(item, PaletteItem):
            return
        theme = self._themes.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        if self._model.starts_group(index.row()):
            self._paint_caption(
                painter, theme, QRect(box.left() + 20, box.top(), box.width() - 40, _CAPTION), item.group
            )
            box.setTop(box.top() + _CAPTION)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if selected else "hover"))
            painter.drawRoundedRect(QRectF(box).adjusted(8, 0, -8, 0), 6, 6)
        self._paint_row(painter, theme, box.adjusted(20, 0, -20, 0), item, index, selected=selected)
        painter.restore()

    @staticmethod
    def _paint_caption(painter: QPainter, theme: Theme, box: QRect, text: str) -> None:
        font = theme.font("caption")
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.color("textMuted"))
        painter.drawText(box.adjusted(0, 6, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_row(
        self, painter: QPainter, theme: Theme, box: QRect, item: PaletteItem, index: Index, *, selected: bool
    ) -> None:
        ratio = self._view.devicePixelRatioF()
        if item.icon:
            role = "textDisabled" if item.why_not else "accent" if selected else "textSecondary"
            mark = pixmap(item.icon, theme.color(role), 16, ratio)
            painter.drawPixmap(box.left(), box.center().y() - 7, mark)
        right = box.right()
        if item.shortcut:
            wide = key_width(theme, item.shortcut)
            paint_key(painter, theme, QRect(right - wide, box.top(), wide, box.height()), item.shortcut)
            right -= wide + 12
        left = box.left() + 28
        left = self._paint_text(
            painter, theme, QRect(left, box.top(), right - left, box.height()), item, index
        )
        hint = item.why_not or item.hint
        if hint and right - left > 30:
            painter.setFont(theme.font("ui"))
            painter.setPen(theme.color("textMuted"))
            room = QRect(left + 8, box.top(), right - left - 8, box.height())
            shown = painter.fontMetrics().elidedText(hint, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    @staticmethod
    def _paint_text(painter: QPainter, theme: Theme, box: QRect, item: PaletteItem, index: Index) -> int:
        """Paint the text in runs of hits and others; where it ends."""
        hits = frozenset(index.data(HITS_ROLE) or ())
        plain, strong = theme.font("ui"), theme.font("uiStrong")
        plain.setWeight(QFont.Weight.Medium)
        ink = theme.color("textDisabled" if item.why_not else "text")
        left, start, text = box.left(), 0, item.text
        while start < len(text) and left < box.right():
            end = start + 1
            while end < len(text) and (end in hits) == (start in hits):
                end += 1
            painter.setFont(strong if start in hits else plain)
            painter.setPen(theme.color("accent") if start in hits and not item.why_not else ink)
            room = box.right() - left
            shown = painter.fontMetrics().elidedText(text[start:end], Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, box.top(), room, box.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            left += painter.fontMetrics().horizontalAdvance(shown)
            start = end
        return left

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        extra = _CAPTION if self._model.starts_group(index.row()) else 0
        return QSize(self._view.viewport().width(), _ROW + extra)


class CommandPalette(QDialog):
    """Runs actions and opens articles. `item_used` carries the key of what was chosen, for the history."""

    article_activated = Signal(str)
    item_used = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("command_palette")
        self.setWindowTitle(self.tr("Search or run a command"))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._themes = themes
        self._model = PaletteModel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addWidget(self._make_list(), 1)
        self._nothing = label("", tone="secondary", parent=self)
        self._nothing.setObjectName("palette_nothing")
        self._nothing.setContentsMargins(20, 16, 20, 16)
        column.addWidget(self._nothing)
        column.addWidget(self._make_foot())
        follow(themes, self._dress)
        self.set_items((), ())

    def set_items(
        self,
        actions: Sequence[QAction],
        articles: Sequence[ArticleSummary],
        recent: Sequence[str] = (),
    ) -> None:
        """Search among `actions` (an icon is named by their property "icon_name") and `articles`.

        `recent` are the keys of what was used last, newest first, as `item_used` told them.
        """
        items = [self._command(action) for action in actions if action.text() and not action.isSeparator()]
        items += [
            PaletteItem(
                key=f"article:{article.id}",
                text=article.title,
                group=self.tr("Articles"),
                icon="book-open",
                hint=" · ".join(part for part in (article.publication, ", ".join(article.authors)) if part),
                article_id=article.id,
            )
            for article in articles
        ]
        self._model.set_items(items, recent)
        self.search.clear()
        self._on_changed("")

    def popup(self) -> None:
        """Show the palette over its window, ready to type."""
        self.search.clear()
        self._fit()
        self._place()  # before it is mapped: a window manager may ignore a move that comes while it shows
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)
        self._watch(True)

    def _command(self, action: QAction) -> PaletteItem:
        text = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        disabled = not action.isEnabled()
        told = action.toolTip() if action.toolTip() not in ("", text) else self.tr("not possible here")
        return PaletteItem(
            key=f"action:{action.objectName() or text}",
            text=text,
            group=self.tr("Commands"),
            icon=str(action.property("icon_name") or "command"),
            shortcut=keys.replace("Return", "↵").replace("+", " ") if len(keys) > 1 else keys,
            why_not=told if disabled else "",
            action=action,
        )

    def _make_head(self) -> QWidget:
        head = QWidget(self)
        head.setFixedHeight(_HEAD)
        row = QHBoxLayout(head)
        row.setContentsMargins(18, 0, 18, 0)
        row.setSpacing(12)
        row.addWidget(IconLabel(self._themes, "search", "text", size=20, parent=head))
        self.search = QLineEdit(head)
        self.search.setObjectName("palette_search")
        self.search.setAccessibleName(self.tr("Search or run a command"))
        self.search.setPlaceholderText(self.tr("Search or run a command"))
        self.search.textChanged.connect(self._on_changed)
        self.search.installEventFilter(self)
        row.addWidget(self.search, 1)
        self._count = label("", role="caption", tone="muted", parent=head)
        self._count.setObjectName("palette_count")
        row.addWidget(self._count)
        row.addWidget(KeyCap("Esc", head))
        return head

    def _make_list(self) -> QListView:
        view = QListView(self)
        view.setObjectName("palette_list")
        view.setAccessibleName(self.tr("Results"))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setMouseTracking(True)
        view.setModel(self._model)
        view.setItemDelegate(_PaletteDelegate(self._themes, self._model, view))
        view.clicked.connect(self._run)
        self.list = view
        return view

    def _make_foot(self) -> QWidget:
        foot = QWidget(self)
        foot.setFixedHeight(_FOOT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(6)
        for keys, text in ((("↑", "↓"), self.tr("choose")), (("↵",), self.tr("run"))):
            for key in keys:
                row.addWidget(KeyCap(key, foot))
            row.addWidget(label(text, role="caption", tone="muted", parent=foot))
            row.addSpacing(10)
        row.addStretch(1)
        return foot

    def _on_changed(self, query: str) -> None:
        self._model.set_query(query)
        rows = self._model.rowCount()
        if rows:
            usable = (row for row in range(rows) if not self._item(row).why_not)
            self.list.setCurrentIndex(self._model.index(next(usable, 0)))
            self.list.scrollToTop()
        results = self.tr("1 result") if rows == 1 else self.tr("%n results", "", rows)
        self._count.setText(results if query.strip() else "")
        self.list.setVisible(rows > 0)
        self._nothing.setVisible(rows == 0)
        self._nothing.setText(self.tr("Nothing matches “{query}”.").format(query=query.strip()))
        self._fit()

    def _item(self, row: int) -> PaletteItem:
        item = self._model.index(row).data(ITEM_ROLE)
        assert isinstance(item, PaletteItem)
        return item

    def _fit(self) -> None:
        """As high as the results need, up to nine rows or what the window has room for."""
        rows = self._model.rowCount()
        captions = sum(1 for row in range(rows) if self._model.starts_group(row))
        high = min(rows, _MOST_ROWS) * _ROW + min(captions, 2) * _CAPTION + 8 if rows else 52
        parent = self.parentWidget()
        window = parent.window() if parent is not None else None
        room = window.height() - _TOP - 24 if window is not None else 700
        width = min(_WIDE, window.width() - 48) if window is not None else _WIDE
        self.resize(width, min(_HEAD + high + _FOOT + 2, room))

    def _watch(self, watching: bool) -> None:
        """Look out for presses beside the palette while it is open."""
        application = QCoreApplication.instance()
        if application is not None:
            (application.installEventFilter if watching else application.removeEventFilter)(self)

    def _is_beside(self, watched: QObject) -> bool:
        return self.isVisible() and isinstance(watched, QWidget) and watched.window() is not self

    def _place(self) -> None:
        """Under the header of the window, in its middle."""
        parent = self.parentWidget()
        if parent is not None:
            window = parent.window()
            self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, _TOP)))

    def _run(self, index: Index) -> None:
        item = index.data(ITEM_ROLE)
        if not isinstance(item, PaletteItem) or item.why_not:
            return
        self.accept()
        self.item_used.emit(item.key)
        if item.action is not None:
            item.action.trigger()
        else:
            self.article_activated.emit(item.article_id)

    def _move(self, step: int) -> None:
        """Go to the next row that can be run; round at the ends."""
        rows = self._model.rowCount()
        row = self.list.currentIndex().row()
        for _ in range(rows):
            row = (row + step) % rows
            if not self._item(row).why_not:
                self.list.setCurrentIndex(self._model.index(row))
                return

    def _dress(self, theme: Theme) -> None:
        self.search.setStyleSheet(
            f"QLineEdit, QLineEdit:focus {{ border: none; background: transparent; padding: 0; font-size: 16px;"
            f" color: {theme.css('text')}; }}"
        )
        self.list.setStyleSheet(f"QListView {{ background: {theme.css('card')}; }}")
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        self._watch(False)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and self._is_beside(watched):
            self.reject()  # and the press does nothing else
            return True
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
            pages = {Qt.Key.Key_PageDown: _MOST_ROWS - 1, Qt.Key.Key_PageUp: 1 - _MOST_ROWS}
            key = Qt.Key(event.key())
            if key in moves:
                self._move(moves[key])
                return True
            if key in pages and self._model.rowCount():
                row = max(0, min(self.list.currentIndex().row() + pages[key], self._model.rowCount() - 1))
                self.list.setCurrentIndex(self._model.index(row))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("borderStrong"), 1))
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(1, _HEAD, self.width() - 2, _HEAD)
        foot = self.height() - 1 - _FOOT
        painter.drawLine(1, foot, self.width() - 2, foot)
        painter.end()
