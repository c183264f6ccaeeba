"""A library that is damaged: what happened, what can be done about it, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import UserError
from annotator.services.backups import Backup, Restored
from annotator.services.recovering import RecoveredTable, Recovery
from annotator.ui.dialogs import library_words as words
from annotator.ui.dialogs.backup_detail import PathLine
from annotator.ui.dialogs.card_button import CardButton, CardLook, KeyButton
from annotator.ui.dialogs.message_place import MessagePlace
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import ElidedLabel, IconLabel, label

_SIZE = QSize(680, 600)
_COPIED_MS = 1500
_OFFER, _REPORT = range(2)
_LOOK = CardLook(
    height=60,
    radius=8,
    gap=12,
    title_role="ui",
    hint_role="caption",
    border="border",
    title_weight=QFont.Weight.DemiBold,
    hint_lines=2,
)
# What matters most comes first.
_FIRST = ("article", "article_text", "claim", "annotation", "source", "evidence", "rating")
Line = tuple[str, str, str]  # icon, its colour, words


class DamagedDialog(Sheet):
    """Offers to recover a damaged library or to restore its newest backup, then reports.

    Give it `set_backup` when it is known which one there is; `set_busy` while work goes on; `show_recovery` or
    `show_restored` at the end.
    """

    recover_requested = Signal()
    restore_requested = Signal(object)  # the newest Backup
    other_requested = Signal()  # another library is to be opened
    open_requested = Signal()  # go on with the library that was recovered

    def __init__(
        self, themes: ThemeManager, error: UserError, path: Path, parent: QWidget | None = None
    ) -> None:
        """`path` is the damaged file."""
        super().__init__(themes, "", _SIZE, parent)
        self.setObjectName("damaged_dialog")
        self.setWindowTitle(self.tr("The library is damaged"))
        self.title_label.setText(self.windowTitle())
        self.subtitle_label.setText(path.name)
        self._backup: Backup | None = None
        self._searching = True
        self._busy = ""
        self._lines: list[Line] = []
        self._done = self._recovered = False
        place = MessagePlace(themes, self)
        self.messages = place.bar
        self.body.addWidget(place)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._make_offer(error, path))
        self._pages.addWidget(self._make_report())
        self.body.addWidget(self._pages, 1)
        self._make_footer()
        self._check()
        self.recover_card.setFocus()

    # What is shown ----------------------------------------------------------------------------------------

    def set_backup(self, backup: Backup | None) -> None:
        """Say which newest sound backup there is, None for none."""
        self._backup, self._searching = backup, False
        if backup is None:
            self._newest.setText(self.tr("There is no sound backup of this library."))
            self._holds.setText(self.tr("Only what the damaged file itself still gives can be saved."))
        else:
            self._newest.setText(f"{words.moment(backup.at)} · {words.reason(backup.reason)}")
            self._holds.setText(words.holds(backup.counts))
        self._check()

    def set_busy(self, said: str) -> None:
        """Say what is being done; until "" comes, nothing else is begun."""
        self._busy = said
        self._state.set_text(said)
        self.messages.clear()
        self._check()
        if said:
            self._close.setFocus()

    def show_error(self, error: UserError) -> None:
        """Say why it did not work; the choice is there again."""
        self.messages.show_error(error)
        self._check()
        self._main.setFocus()

    def show_recovery(self, done: Recovery) -> None:
        """Report what came from where, and what is lost."""
        self._recovered = True
        complete = all(table.lost == 0 for table in done.tables) and not done.problems
        title = self.tr("The library is recovered, with all that was in it")
        if not complete:
            title = self.tr("The library is recovered, but perhaps not all of it")
        if any(table.lost for table in done.tables):
            title = self.tr("The library is recovered, but not all of it")
        self._show_report(complete, title, self._after_recovery(done), done.set_aside, _lines_of(done))

    def show_restored(self, backup: Backup, done: Restored) -> None:
        """Report the state of the library after restoring a backup."""
        title = self.tr("The library is in the state of {when}").format(
            when=words.inside(words.moment(backup.at))
        )
        counts = done.counts
        pairs = (
            ("article", counts.articles),
            ("claim", counts.claims),
            ("annotation", counts.annotations),
            ("source", counts.sources),
            ("edit", counts.edits),
        )
        lines = [(words.kind_icon(kind), "textSecondary", words.counted(kind, many)) for kind, many in pairs]
        said = self.tr("What was done after that moment isn't in it.")
        self._show_report(True, title, said, done.set_aside, lines)

    def report(self) -> list[str]:
        """The lines of the report."""
        return [text for _, _, text in self._lines]

    def text(self) -> str:
        """The report as text."""
        aside = self._aside.field.text()
        lines = [self._outcome.text(), self._after.text(), *(f"- {line}" for line in self.report())]
        if aside:
            lines.append(self.tr("The damaged file: {path}").format(path=aside))
        return "\n".join(line for line in lines if line) + "\n"

    def confirm(self) -> None:
        """Do what is chosen; after that, go on with the library."""
        if self._main.isEnabled():
            self._main.click()

    # Parts ------------------------------------------------------------------------------------------------

    def _make_offer(self, error: UserError, path: Path) -> QWidget:
        page, column = self._scrolling_page()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(
            IconLabel(self.themes, "circle-alert", "danger", size=20, parent=page),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        said = QVBoxLayout()
        said.setSpacing(4)
        what = label(error.what, role="strong", parent=page)
        kept = label(error.kept or self.tr("The file was not touched."), tone="secondary", parent=page)
        for line in (what, kept):
            line.setWordWrap(True)
            said.addWidget(line)
        row.addLayout(said, 1)
        column.addLayout(row)
        column.addSpacing(16)
        column.addWidget(label(self.tr("Newest backup"), role="caption", tone="secondary", parent=page))
        column.addSpacing(4)
        column.addWidget(self._make_backup_card(page))
        column.addSpacing(16)
        column.addWidget(label(self.tr("What to do"), role="caption", tone="secondary", parent=page))
        column.addSpacing(4)
        self._add_choices(page, column)
        column.addStretch(1)
        column.addSpacing(16)
        caption = label(self.tr("The damaged file"), role="caption", tone="secondary", parent=page)
        column.addWidget(caption)
        column.addSpacing(4)
        self._file = PathLine(self.themes, "damaged_file", self.tr("The damaged file"), page)
        self._file.set_path(path)
        caption.setBuddy(self._file.field)
        column.addWidget(self._file)
        return self._in_area(page, "damaged_offer", self.tr("What happened and what to do"))

    def _make_backup_card(self, page: QWidget) -> QWidget:
        card = QFrame(page)
        card.setObjectName("damaged_backup")
        card.setProperty("surface", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        mark = IconLabel(self.themes, "archive", "textSecondary", parent=card)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(2)
        self._newest = label(self.tr("Looking for backups…"), role="medium", parent=card)
        self._holds = label("", role="caption", tone="secondary", parent=card)
        for line in (self._newest, self._holds):
            line.setWordWrap(True)
            said.addWidget(line)
        row.addLayout(said, 1)
        return card

    def _add_choices(self, page: QWidget, column: QVBoxLayout) -> None:
        self.recover_card = CardButton(
            self.themes,
            self.tr("Recover the library"),
            icon="file-search",
            hint=self.tr(
                "Saves what can be read into a new file, newest work included, and fills the gaps from the backup."
            ),
            look=_LOOK,
            parent=page,
        )
        self.recover_card.setObjectName("damaged_recover")
        self.restore_card = CardButton(
            self.themes,
            self.tr("Restore the newest backup"),
            icon="rotate-ccw",
            hint=self.tr("Goes back to the state of the backup. What was done since then isn't in it."),
            look=_LOOK,
            parent=page,
        )
        self.restore_card.setObjectName("damaged_restore")
        group = QButtonGroup(self)
        for card in (self.recover_card, self.restore_card):
            card.setCheckable(True)
            card.clicked.connect(self._check)
            group.addButton(card)
            column.addWidget(card)
            column.addSpacing(8)
        self.recover_card.setChecked(True)
        note = label(
            self.tr("Either way the damaged file is kept, under another name beside the library."),
            role="caption",
            tone="secondary",
            parent=page,
        )
        note.setWordWrap(True)
        column.addWidget(note)

    def _make_report(self) -> QWidget:
        page, column = self._scrolling_page()
        row = QHBoxLayout()
        row.setSpacing(12)
        self._mark = IconLabel(self.themes, "circle-check", "supports", size=20, parent=page)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(4)
        self._outcome = label("", role="strong", parent=page)
        self._after = label("", tone="secondary", parent=page)
        for line in (self._outcome, self._after):
            line.setWordWrap(True)
            said.addWidget(line)
        row.addLayout(said, 1)
        column.addLayout(row)
        column.addSpacing(16)
        card = QFrame(page)
        card.setProperty("surface", "card")
        self._rows = QVBoxLayout(card)
        self._rows.setContentsMargins(16, 12, 16, 12)
        self._rows.setSpacing(8)
        column.addWidget(card)
        column.addStretch(1)
        column.addSpacing(16)
        self._aside_caption = label(
            self.tr("The damaged file lies here, as it was"), role="caption", tone="secondary", parent=page
        )
        column.addWidget(self._aside_caption)
        column.addSpacing(4)
        self._aside = PathLine(
            self.themes, "damaged_aside", self.tr("The damaged file lies here, as it was"), page
        )
        self._aside_caption.setBuddy(self._aside.field)
        column.addWidget(self._aside)
        return self._in_area(page, "damaged_report", self.tr("What came of it"))

    def _scrolling_page(self) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget(self)
        page.setAutoFillBackground(False)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(0)
        return page, column

    def _in_area(self, page: QWidget, name: str, title: str) -> QScrollArea:
        area = QScrollArea(self)
        area.setObjectName(name)
        area.setAccessibleName(title)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it can be reached by Tab, and is scrolled to
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        area.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        return area

    def _make_footer(self) -> None:
        self._other = self.add_button(
            "damaged_other", self.tr("Open another library…"), self.other_requested.emit
        )
        self._copy = self.add_button("damaged_copy", self.tr("Copy report"), self._on_copy)
        self._state = ElidedLabel(parent=self)
        self._state.setObjectName("damaged_state")
        self._state.setProperty("role", "caption")
        self._state.setProperty("tone", "secondary")
        self.footer.addWidget(self._state, 1)
        self._close = self.add_button("damaged_close", self.tr("Close"), self.reject)
        self._main = KeyButton(self.themes, "", key="Ctrl ↵", primary=True, parent=self)
        self._main.setObjectName("damaged_go")
        self._main.clicked.connect(self._on_main)
        self.footer.addWidget(self._main)

    # Behind the scenes ------------------------------------------------------------------------------------

    def _after_recovery(self, done: Recovery) -> str:
        parts = []
        if done.backup is None:
            parts.append(self.tr("There was no backup to fill gaps from."))
        if done.repaired:
            said = self.tr("{n} problem was repaired, in one step that Undo takes back.")
            if done.repaired != 1:
                said = self.tr("{n} problems were repaired, in one step that Undo takes back.")
            parts.append(said.format(n=words.number(done.repaired)))
        if done.problems:
            said = self.tr("{n} problem is left; “Check library” tells which.")
            if done.problems != 1:
                said = self.tr("{n} problems are left; “Check library” tells which.")
            parts.append(said.format(n=words.number(done.problems)))
        return " ".join(parts) or self.tr("The new file was checked, and has no problems.")

    def _show_report(
        self, fine: bool, title: str, after: str, aside: Path | None, lines: Sequence[Line]
    ) -> None:
        self._done, self._lines = True, list(lines)
        self._mark.set_icon(*(("circle-check", "supports") if fine else ("triangle-alert", "warning")))
        self._outcome.setText(title)
        self._after.setText(after)
        self._after.setVisible(bool(after))
        for icon, colour, text in lines:
            row = QHBoxLayout()
            row.setSpacing(10)
            mark = IconLabel(self.themes, icon, colour, parent=self)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            said = label(text, parent=self)
            said.setWordWrap(True)
            row.addWidget(said, 1)
            self._rows.addLayout(row)
        self._aside_caption.setVisible(aside is not None)
        self._aside.setVisible(aside is not None)
        if aside is not None:
            self._aside.set_path(aside)
        self.setWindowTitle(self.tr("Recovery report"))
        self.title_label.setText(self.windowTitle())
        self._pages.setCurrentIndex(_REPORT)
        self._check()
        self._main.setFocus()

    def _on_main(self) -> None:
        if self._done:
            self.open_requested.emit()
        elif self.recover_card.isChecked():
            self.recover_requested.emit()
        elif self._backup is not None:
            self.restore_requested.emit(self._backup)

    def _check(self) -> None:
        """Let cards and buttons fit what is known and chosen."""
        waiting = self.tr("Looking for backups…") if self._searching else ""
        no_backup = waiting or ("" if self._backup else self.tr("There is no sound backup of this library"))
        self.restore_card.setEnabled(not no_backup and not self._busy)
        self.restore_card.setToolTip(self._busy or no_backup)
        self.recover_card.setEnabled(not self._busy)
        self.recover_card.setToolTip(self._busy)
        self._other.setVisible(not self._done)
        self._other.setEnabled(not self._busy)
        self._other.setToolTip(self._busy)
        self._copy.setVisible(self._done)
        text = self.tr("Recover") if self.recover_card.isChecked() else self.tr("Restore the backup")
        if self._done:
            text = self.tr("Open the recovered library") if self._recovered else self.tr("Open the library")
        self._main.setText(text)
        self._main.setAccessibleName(self._main.text())
        self._main.updateGeometry()
        self._main.setEnabled(not self._busy)
        self._main.setToolTip(self._busy)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._copy.setText(self.tr("Copied"))
        QTimer.singleShot(_COPIED_MS, self._copy, lambda: self._copy.setText(self.tr("Copy report")))


def _lines_of(done: Recovery) -> list[Line]:
    """A line for each kind of thing of which there was any, what matters most first."""
    order = {name: at for at, name in enumerate(_FIRST)}
    tables = sorted(done.tables, key=lambda table: order.get(table.name, len(order)))
    return [_line_of(table, done.backup) for table in tables if _is_worth_a_line(table)]


def _is_worth_a_line(table: RecoveredTable) -> bool:
    return bool(table.saved or table.from_backup) or table.lost != 0


def _line_of(table: RecoveredTable, backup: Backup | None) -> Line:
    text = words.recovered(
        table.name,
        saved=table.saved + table.from_backup,
        from_backup=table.from_backup,
        lost=table.lost,
        backup=backup,
    )
    if table.lost == 0:
        return words.kind_icon(table.name), "textSecondary", text
    return "triangle-alert", "warning", text
