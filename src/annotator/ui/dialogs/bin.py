"""The bin: what was deleted and can come back, and the one deletion that undo can't take back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import UserError
from annotator.services.bin import KEEP, BinItem
from annotator.ui.dialogs import things
from annotator.ui.dialogs.bin_list import BinList, BinModel, Key, key_of, name_of
from annotator.ui.dialogs.card_button import KeyButton
from annotator.ui.dialogs.history import now_here
from annotator.ui.dialogs.library_words import kind_icon
from annotator.ui.dialogs.search_field import Around, DialogSearch, Rule, put_below
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.icons import icon
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import EmptyState, IconLabel, MessageBar, follow, label

_SIZE = QSize(840, 640)


class ConfirmRow(QFrame):
    """Asks before something that can't be taken back. `Esc` and the button with the focus say no."""

    confirmed = Signal()
    refused = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bin_confirm")
        self.setProperty("message", "error")
        self._title = label("", role="strong", parent=self)
        self._text = label("", parent=self)
        for line in (self._title, self._text):
            line.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(IconLabel(themes, "trash-2", "danger", parent=self), 0, top)
        row.addLayout(words, 1)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.setObjectName("bin_confirm_cancel")
        self.cancel_button.setAccessibleName(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self._refuse)
        self.delete_button = QPushButton(self.tr("Delete for good"), self)
        self.delete_button.setObjectName("bin_confirm_delete")
        self.delete_button.setAccessibleName(self.tr("Delete for good"))
        self.delete_button.setProperty("kind", "danger")
        self.delete_button.clicked.connect(self._confirm)
        for button in (self.cancel_button, self.delete_button):
            button.setAutoDefault(True)  # so that Return presses the one with the focus
            row.addWidget(button, 0, top)
        self.hide()

    def ask(self, title: str, text: str) -> None:
        """Show the question; the focus is on Cancel."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(f"{title} {text}")
        self.cancel_button.setAccessibleDescription(f"{title} {text}")
        self.show()
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        self.hide()
        self.confirmed.emit()

    def _refuse(self) -> None:
        self.hide()
        self.refused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._refuse()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)


class BinDialog(Sheet):
    """The list with its filters and what can be done. The caller reads and stores.

    `restore_requested` and `delete_requested` carry keys (kind and id); `delete_requested` was confirmed already, and
    carries None for everything.
    """

    restore_requested = Signal(object)
    delete_requested = Signal(object)
    undo_requested = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        *,
        read_only: str = "",
        now: Callable[[], datetime] = now_here,
        parent: QWidget | None = None,
    ) -> None:
        """`read_only` says why nothing can be restored or deleted."""
        super().__init__(themes, "", _SIZE, parent)
        self.setObjectName("bin_dialog")
        self._fresh, self._read_only = True, read_only
        self._doomed: list[Key] | None = None
        self.model = BinModel(now, self)
        self.setWindowTitle(self.tr("Bin"))
        self.title_label.setText(self.windowTitle())
        self._make_tools()
        self._make_messages()
        self._make_list()
        self._make_footer()
        for keys, answer in (
            (QKeySequence.StandardKey.Undo, self.undo_requested.emit),
            (QKeySequence.StandardKey.Find, self._focus_search),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(answer)
        follow(themes, self._dress_kinds)
        self._show_state()
        self.list.setFocus()

    def set_items(self, items: Sequence[BinItem]) -> None:
        """Show what lies in the bin, youngest first."""
        self._fresh = False
        self.confirm_row.hide()
        self._fill_kinds(items)
        self.model.set_items(items)
        self._show_state()

    def show_done(self, text: str, *, undo: bool) -> None:
        """Say what was done, with the way to take it back where there is one."""
        actions = [("undo", self.tr("Undo"))] if undo else []
        self.messages.show_message("info", text, "", [*actions, ("dismiss", self.tr("Dismiss"))])
        self._focus_list()

    def show_error(self, error: UserError) -> None:
        """Say why something could not be done."""
        self.messages.show_error(error)

    def confirm(self) -> None:
        """Restore what is chosen."""
        self._restore()

    # Parts -------------------------------------------------------------------------------------------------

    def _make_tools(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(8)
        self.search = DialogSearch(
            self.themes, self.tr("Find in the bin"), self.tr("Find in the bin by words"), self
        )
        self.search.setObjectName("bin_search")
        self.search.textChanged.connect(self._on_filter)
        self.search.left.connect(self._focus_list)
        row.addWidget(self.search, 1)
        self.kinds = QComboBox(self)
        self.kinds.setObjectName("bin_kind")
        self.kinds.setAccessibleName(self.tr("Kind"))
        self.kinds.view().setAccessibleName(self.tr("Kind"))
        self.kinds.setMinimumWidth(170)
        self.kinds.addItem(self.tr("All kinds"), "")
        self.kinds.currentIndexChanged.connect(self._on_filter)
        row.addWidget(self.kinds)
        self.body.addLayout(row)

    def _make_messages(self) -> None:
        self.messages = MessageBar(self.themes, self)
        self.messages.action_triggered.connect(self._on_message_action)
        self.confirm_row = ConfirmRow(self.themes, self)
        self.confirm_row.confirmed.connect(self._on_confirmed)
        self.confirm_row.refused.connect(self._focus_list)
        for bar in (self.messages, self.confirm_row):
            self.body.addWidget(Around(bar, (20, 0, 20, 12), self))

    def _make_list(self) -> None:
        around = QVBoxLayout()
        around.setContentsMargins(1, 0, 1, 1)
        around.setSpacing(0)
        around.addWidget(Rule(self.themes, self))
        self.list = BinList(self.themes, self.model, self)
        self.list.chosen_changed.connect(self._on_chosen)
        self.list.restore_pressed.connect(self._restore)
        self.list.delete_pressed.connect(self._ask_delete)
        self.list.search_pressed.connect(self._focus_search)
        self._empty = EmptyState(
            self.themes,
            "trash-2",
            self.tr("The bin is empty."),
            self.tr("What you delete lies here for {days} days.").format(days=KEEP.days),
            self,
        )
        self._nothing = EmptyState(self.themes, "search", self.tr("Nothing found in the bin."), "", self)
        clear = QPushButton(self.tr("Clear filters"), self._nothing)
        clear.setObjectName("bin_clear_filters")
        clear.setAccessibleName(self.tr("Clear filters"))
        clear.clicked.connect(self._clear_filters)
        put_below(self._nothing, clear)
        self._pages = QStackedWidget(self)
        for page in (self.list, self._empty, self._nothing):
            self._pages.addWidget(page)
        around.addWidget(self._pages, 1)
        self.body.addLayout(around, 1)

    def _make_footer(self) -> None:
        self._hint = label("", role="caption", tone="secondary", parent=self)
        self._hint.setObjectName("bin_hint")
        self._hint.setWordWrap(True)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.footer.addWidget(self._hint, 1)
        self.empty_button = KeyButton(self.themes, self.tr("Empty bin…"), parent=self)
        self.empty_button.setObjectName("bin_empty")
        self.empty_button.clicked.connect(self._ask_empty)
        self.delete_button = KeyButton(
            self.themes, self.tr("Delete for good…"), icon="trash-2", key="Del", parent=self
        )
        self.delete_button.setObjectName("bin_delete")
        self.delete_button.clicked.connect(self._ask_delete)
        self.restore_button = KeyButton(
            self.themes, self.tr("Restore"), icon="rotate-ccw", key="↵", primary=True, parent=self
        )
        self.restore_button.setObjectName("bin_restore")
        self.restore_button.clicked.connect(self._restore)
        for button in (self.empty_button, self.delete_button, self.restore_button):
            self.footer.addWidget(button)

    # What is shown -----------------------------------------------------------------------------------------

    def _fill_kinds(self, items: Sequence[BinItem]) -> None:
        """Offer the kinds that lie here, and keep the one that is chosen."""
        wanted = str(self.kinds.currentData() or "")
        counts = Counter(item.kind for item in items)
        self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItem(self.tr("All kinds"), "")
        for kind in sorted(counts, key=things.kind_word):
            self.kinds.addItem(f"{things.kind_word(kind)} · {counts[kind]}", kind)
        self.kinds.setCurrentIndex(max(self.kinds.findData(wanted), 0))
        self.kinds.blockSignals(False)
        self._dress_kinds(self.themes.theme)
        self.model.set_filter(self.search.text(), str(self.kinds.currentData() or ""))

    def _dress_kinds(self, theme: Theme) -> None:
        for row in range(1, self.kinds.count()):
            name = kind_icon(str(self.kinds.itemData(row)))
            self.kinds.setItemIcon(row, icon(name, theme.color("textSecondary")))

    def _show_state(self) -> None:
        total, shown = len(self.model.items()), self.model.rowCount()
        page: QWidget = self.list
        if not shown and not self._fresh:
            page = self._nothing if total else self._empty
        held = self._pages.currentWidget() is not page and self.list.hasFocus()
        self._pages.setCurrentWidget(page)
        if (
            held and page is not self.list
        ):  # the list goes with its last row: the keyboard needs another place
            (self.search if total else self._close_button).setFocus(Qt.FocusReason.OtherFocusReason)
        self.subtitle_label.setText("" if self._fresh else self._counted(total, shown))
        self._on_chosen()

    def _counted(self, total: int, shown: int) -> str:
        if not total:
            return ""
        if shown < total:
            return self.tr("{shown} of {total} shown").format(shown=shown, total=things.things(total))
        return things.things(total)

    def _on_chosen(self) -> None:
        chosen = self.list.chosen()
        total = len(self.model.items())
        first = self.tr("The bin is empty.") if not total else self.tr("Choose something in the list first.")
        for button, usable, why in (
            (self.restore_button, bool(chosen), first),
            (self.delete_button, bool(chosen), first),
            (self.empty_button, bool(total), self.tr("The bin is empty.")),
        ):
            said = self._read_only or ("" if usable else why)
            button.setEnabled(not said)
            button.setToolTip(said)
            button.setAccessibleDescription(said)
        if len(chosen) > 1:
            self._hint.setText(self.tr("%n chosen", "", len(chosen)))
        else:
            days = self.tr("Things lie here for {days} days, then they are deleted for good.")
            self._hint.setText(days.format(days=KEEP.days) if total else "")
        if self._doomed is not None and self._doomed != [key_of(item) for item in chosen]:
            self.confirm_row.hide()  # the question was about something else

    # Answers -----------------------------------------------------------------------------------------------

    def _on_filter(self) -> None:
        self.confirm_row.hide()
        self.model.set_filter(self.search.text(), str(self.kinds.currentData() or ""))
        self._show_state()

    def _restore(self) -> None:
        chosen = self.list.chosen()
        if chosen and not self._read_only:
            self.confirm_row.hide()
            self.messages.clear()
            self.restore_requested.emit([key_of(item) for item in chosen])

    def _ask_delete(self) -> None:
        chosen = self.list.chosen()
        if not chosen or self._read_only:
            return
        self._doomed = [key_of(item) for item in chosen]
        self._ask(
            self.tr("Delete {name} for good?").format(name=things.quoted(name_of(chosen[0])))
            if len(chosen) == 1
            else self.tr("Delete these %n things for good?", "", len(chosen)),
            chosen,
        )

    def _ask_empty(self) -> None:
        items = self.model.items()
        if not items:
            return
        self._doomed = None
        self._ask(
            self.tr("Delete the only thing in the bin for good?")
            if len(items) == 1
            else self.tr("Delete all %n things in the bin for good?", "", len(items)),
            items,
        )

    def _ask(self, title: str, items: Sequence[BinItem]) -> None:
        along = sum(item.along for item in items)
        parts: list[str] = []
        if along == 1:
            parts.append(self.tr("1 more thing that was deleted with it goes too."))
        elif along:
            parts.append(self.tr("%n more things that were deleted along go too.", "", along))
        parts.append(self.tr("Undo can't bring this back."))
        self.messages.clear()
        self.confirm_row.ask(title, " ".join(parts))

    def _on_confirmed(self) -> None:
        self._focus_list()
        self.delete_requested.emit(self._doomed)

    def _clear_filters(self) -> None:
        self.kinds.setCurrentIndex(0)
        self.search.clear()
        self._focus_list()

    def _focus_list(self) -> None:
        if self._pages.currentWidget() is self.list:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _on_message_action(self, action: str) -> None:
        if action == "undo":
            self.messages.clear()
            self.undo_requested.emit()
        self._focus_list()
