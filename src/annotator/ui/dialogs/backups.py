"""The backups of the library: what each holds, what restoring one would change, and going back to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from annotator.errors import UserError
from annotator.services.backups import Backup, Difference
from annotator.ui.dialogs import library_words as words
from annotator.ui.dialogs.backup_detail import BackupDetail
from annotator.ui.dialogs.backup_list import BACKUP_ROLE, BackupDelegate, BackupListModel
from annotator.ui.dialogs.card_button import KeyButton
from annotator.ui.dialogs.message_place import MessagePlace
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import ElidedLabel, EmptyState, follow, label

ChooseFile = Callable[[QWidget, str], str]

_SIZE = QSize(960, 660)
_LIST_WIDE = 372
_WAITING, _EMPTY, _FILLED = range(3)


def ask_for_copy(parent: QWidget, path: str) -> str:
    """Let the user choose where the readable copy goes; "" when nothing was chosen."""
    title = QCoreApplication.translate("BackupsDialog", "Save a readable copy")
    found, _ = QFileDialog.getSaveFileName(parent, title, path, "JSON (*.json)")
    return found


class BackupsDialog(Sheet):
    """Lists backups, compares the chosen one with the library, and asks before it restores it.

    Give it `set_backups` and, after `preview_requested`, `set_difference`. While work goes on, `set_busy`.
    """

    preview_requested = Signal(object)  # a Backup
    restore_requested = Signal(object)  # a Backup, once it is clear that it is meant
    backup_requested = Signal()
    copy_requested = Signal(str)  # the path of the file

    def __init__(
        self,
        themes: ThemeManager,
        *,
        copy_path: str = "",
        read_only: str = "",
        choose_file: ChooseFile = ask_for_copy,
        parent: QWidget | None = None,
    ) -> None:
        """`copy_path` is where a readable copy goes by default; `read_only` why the library can't be changed."""
        super().__init__(themes, "", _SIZE, parent)
        self.setObjectName("backups_dialog")
        self.setWindowTitle(self.tr("Backups"))
        self.title_label.setText(self.windowTitle())
        self._copy_path, self._choose_file = copy_path, choose_file
        self._read_only = read_only
        self._busy = ""
        self._filling = False
        self._asked: Backup | None = None  # the backup that the question above is about
        place = MessagePlace(themes, self)
        self.messages = place.bar
        self.messages.action_triggered.connect(self._on_message_action)
        self.body.addWidget(place)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._make_waiting())
        self._empty = EmptyState(
            themes,
            "archive",
            self.tr("No backup yet"),
            self.tr("One is made at opening when something was done, and after every half hour of work."),
            self,
        )
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._make_content())
        self.body.addWidget(self._pages, 1)
        self._make_footer()
        follow(themes, self._dress)
        self._check()
        self._back_up.setFocus()

    # What is shown ----------------------------------------------------------------------------------------

    def backup(self) -> Backup | None:
        """The backup chosen."""
        found = self.list.currentIndex().data(BACKUP_ROLE)
        return found if isinstance(found, Backup) else None

    def backups(self) -> tuple[Backup, ...]:
        """All backups listed."""
        return self._model.backups()

    def set_backups(self, backups: Sequence[Backup]) -> None:
        """List these, the newest first; the choice stays where it can."""
        before = self.backup()
        self._filling = True
        self._model.set_backups(backups)
        self.subtitle_label.setText(words.total(backups) if backups else "")
        self._pages.setCurrentIndex(_FILLED if backups else _EMPTY)
        if backups:
            row = self._model.row_of(before.number) if before is not None else 0
            self.choose(backups[max(row, 0)].number)
            if self.focusWidget() in (None, self._back_up, self._close_button):
                self.list.setFocus()
        self._filling = False
        if self.backup() != before:
            self._show_chosen()
        self._check()

    def choose(self, number: int) -> None:
        """Choose a backup by its number."""
        index = self._model.index(self._model.row_of(number))
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)

    def set_difference(self, number: int, found: Sequence[Difference]) -> None:
        """Show what restoring a backup would change, if that is still the one chosen."""
        chosen = self.backup()
        if chosen is not None and chosen.number == number:
            self.detail.set_difference(found)

    def set_unknown(self, number: int, error: UserError) -> None:
        """Show why a backup can't be compared."""
        chosen = self.backup()
        if chosen is not None and chosen.number == number:
            self.detail.set_unknown(error.what)

    def set_busy(self, said: str) -> None:
        """Say what is being done; until "" comes, nothing else is begun."""
        self._busy = said
        self._state.set_text(said)
        self.messages.clear()
        self._asked = None
        self._check()

    def show_error(self, error: UserError) -> None:
        """Say what went wrong."""
        self._asked = None
        self.messages.show_error(error)
        self._check()

    def say(self, title: str, text: str = "") -> None:
        """Say what was done."""
        self._asked = None
        self.messages.show_message("info", title, text, (("dismiss", self.tr("Dismiss")),))
        self._check()

    def problem(self) -> str:
        """Why nothing can be restored now, "" when it can."""
        chosen = self.backup()
        if self._busy:
            return self._busy
        if self._read_only:
            return self._read_only
        if chosen is None:
            return self.tr("Choose a backup first")
        if chosen.trouble:
            return self.tr("This backup is damaged; choose another one")
        return self.tr("Answer the question above first") if self._asked is not None else ""

    def confirm(self) -> None:
        """Ask whether to restore; asked already, do it."""
        if self._asked is not None:
            self._restore()
        elif not self.problem():
            self._ask()

    # Restoring --------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        chosen = self.backup()
        if chosen is None:
            return
        self._asked = chosen
        when = words.inside(words.moment(chosen.at))
        self.messages.show_message(
            "warning",
            self.tr("Restore the state of {when}?").format(when=when),
            self.tr(
                "The present state is backed up first, and stands at the top of this list then. Undo doesn't take "
                "this step back; restoring that backup does."
            ),
            (("restore", self.tr("Restore")), ("dismiss", self.tr("Keep the present state"))),
        )
        self._check()
        button = self.messages.findChild(QPushButton, "message_restore")
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            self.list.setFocus()
            self.restore_requested.emit(asked)

    def _withdraw(self) -> None:
        self._asked = None
        self.messages.clear()
        self._check()
        self.list.setFocus()

    def _on_message_action(self, key: str) -> None:
        if key == "restore":
            self._restore()
        elif self._asked is not None:
            self._withdraw()

    # Parts ------------------------------------------------------------------------------------------------

    def _make_waiting(self) -> QWidget:
        said = label(self.tr("Reading the backups…"), tone="secondary", parent=self)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return said

    def _make_content(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._model = BackupListModel(self)
        self.list = QListView(page)
        self.list.setObjectName("backups_list")
        self.list.setAccessibleName(self.tr("Backups, the newest first"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(BackupDelegate(self.themes, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFixedWidth(_LIST_WIDE)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._show_chosen)
        self.list.activated.connect(self.confirm)
        row.addWidget(self.list)
        self._line = QWidget(page)
        self._line.setFixedWidth(1)
        row.addWidget(self._line)
        self.detail = BackupDetail(self.themes, page)
        row.addWidget(self.detail, 1)
        return page

    def _make_footer(self) -> None:
        self._back_up = self.add_button("backups_now", self.tr("Back up now"), self.backup_requested.emit)
        self._state = ElidedLabel(parent=self)
        self._state.setObjectName("backups_state")
        self._state.setProperty("role", "caption")
        self._state.setProperty("tone", "secondary")
        self.footer.addWidget(self._state, 1)
        self._copy = self.add_button("backups_copy", self.tr("Save a readable copy…"), self._on_copy)
        self.add_button("backups_close", self.tr("Close"), self.reject)
        self.restore_button = KeyButton(
            self.themes,
            self.tr("Restore this state…"),
            icon="rotate-ccw",
            key="Ctrl ↵",
            primary=True,
            parent=self,
        )
        self.restore_button.setObjectName("backups_restore")
        self.restore_button.clicked.connect(self.confirm)
        self.footer.addWidget(self.restore_button)

    def _on_copy(self) -> None:
        found = self._choose_file(self, self._copy_path)
        if found:
            self._copy_path = found
            self.copy_requested.emit(found)

    def _show_chosen(self) -> None:
        if self._filling:
            return
        chosen = self.backup()
        if self._asked is not None:
            self._asked = None
            self.messages.clear()
        self._check()
        if chosen is not None:
            self.detail.set_backup(chosen)
            if not chosen.trouble:
                self.preview_requested.emit(chosen)

    def _check(self) -> None:
        problem = self.problem()
        self.restore_button.setEnabled(not problem)
        self.restore_button.setToolTip(problem)
        self.restore_button.setAccessibleDescription(problem)
        for button, why in (
            (self._back_up, self.tr("Back up the library as it is now")),
            (self._copy, self.tr("Write everything as one JSON file, which any program can read")),
        ):
            button.setEnabled(not self._busy)
            button.setToolTip(self._busy or why)

    def _dress(self, theme: Theme) -> None:
        self._line.setStyleSheet(f"background: {theme.css('border')};")

    # Qt overrides -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._asked is not None:
            self._withdraw()
        else:
            super().keyPressEvent(event)
