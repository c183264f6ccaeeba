"""Checking the library: what was looked at, what is wrong, and what can be mended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QListView,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import UserError
from annotator.services.checking import Problem, Report
from annotator.ui.dialogs import library_words as words
from annotator.ui.dialogs.card_button import KeyButton
from annotator.ui.dialogs.message_place import MessagePlace
from annotator.ui.dialogs.problem_list import ProblemDelegate, ProblemListModel
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import ElidedLabel, IconLabel, label

_SIZE = QSize(720, 600)
_COPIED_MS = 1500
_WAITING, _SOUND, _PROBLEMS = range(3)


class CheckDialog(Sheet):
    """Shows a report of a check, and asks to mend what can be mended.

    `set_checking` says that a check is under way, `set_report` shows what it found.
    """

    repair_requested = Signal()
    recovery_requested = Signal()  # the structure of the file is damaged
    check_requested = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None, *, read_only: str = "") -> None:
        """`read_only` says why the library can't be changed, "" when it can."""
        super().__init__(themes, "", _SIZE, parent)
        self._read_only = read_only
        self.setObjectName("check_dialog")
        self.setWindowTitle(self.tr("Check library"))
        self.title_label.setText(self.windowTitle())
        self._report: Report | None = None
        place = MessagePlace(themes, self)
        self.messages = place.bar
        self.body.addWidget(place)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._make_waiting())
        self._pages.addWidget(self._make_sound())
        self._pages.addWidget(self._make_problems())
        self.body.addWidget(self._pages, 1)
        self._make_footer()
        self.set_checking()

    # What is shown ----------------------------------------------------------------------------------------

    def set_checking(self, said: str = "") -> None:
        """Say that the library is being checked, or what else is being done."""
        self._report = None
        self._waiting.setText(said or self.tr("Checking the library…"))
        self.subtitle_label.setText("")
        self._pages.setCurrentIndex(_WAITING)
        self._check()

    def set_report(self, report: Report) -> None:
        """Show what a check found."""
        self._report = report
        self.subtitle_label.setText(self.outcome() if report.problems else "")
        if report.problems:
            self._model.set_problems(report.problems)
            self._advice.setText(self._advice_for(report))
            self._pages.setCurrentIndex(_PROBLEMS)
        else:
            self._fill_counts(report.checked)
            self._verdict.setText(self.outcome())
            self._pages.setCurrentIndex(_SOUND)
        self._check()
        main = self.recover_button if self._is_broken() else self.repair_button
        (main if main.isEnabled() else self._close).setFocus()

    def set_stopped(self) -> None:
        """Say that there is no result, as an error stopped the check."""
        self._waiting.setText(self.tr("The check did not come to its end."))
        self._check(stopped=True)

    def report(self) -> Report | None:
        """What is shown, None while there is nothing."""
        return self._report

    def problems(self) -> list[Problem]:
        """The problems as they are listed."""
        return self._model.problems() if self._report is not None and self._report.problems else []

    def outcome(self) -> str:
        """The report in one line: "No problems; 1,234 rows checked"."""
        if self._report is None:
            return ""
        rows = sum(many for _, many in self._report.checked)
        many = len(self._report.problems)
        found = self.tr("No problems")
        if many:
            found = (self.tr("{n} problem") if many == 1 else self.tr("{n} problems")).format(
                n=words.number(many)
            )
        if not self._report.checked:
            return found  # the structure of the file is damaged: no row was looked at
        checked = self.tr("{n} row checked") if rows == 1 else self.tr("{n} rows checked")
        return f"{found}; {checked.format(n=words.number(rows))}"

    def text(self) -> str:
        """The report as text."""
        if self._report is None:
            return ""
        lines = [self.outcome()]
        for problem in self._report.problems:
            thing = f"{problem.kind} {problem.id}".strip()
            mend = self.tr(" (can be repaired)") if problem.repairable else ""
            lines.append(f"- {thing}: {problem.what}{mend}")
        lines += [f"{kind}: {many}" for kind, many in self._report.checked]
        return "\n".join(lines) + "\n"

    def show_error(self, error: UserError) -> None:
        """Say what went wrong."""
        self.messages.show_error(error)

    def say(self, title: str, text: str = "") -> None:
        """Say what was done."""
        self.messages.show_message("info", title, text, (("dismiss", self.tr("Dismiss")),))

    def confirm(self) -> None:
        """Mend what can be mended, or recover; with nothing to do, close."""
        for button in (self.recover_button, self.repair_button):
            if button.isVisibleTo(self) and button.isEnabled():
                button.click()
                return
        if self._report is not None and not self._report.problems:
            self.accept()

    def _is_broken(self) -> bool:
        """Whether the file itself is damaged, so that nothing in it can be mended."""
        return self._report is not None and any(one.kind == "file" for one in self._report.problems)

    def _advice_for(self, report: Report) -> str:
        if self._is_broken():
            return self.tr(
                "The structure of the file is damaged. What can be read of it can be saved into a new library, "
                "and gaps be filled from the newest backup. The damaged file is kept."
            )
        left = len(report.problems) - report.repairable
        if not left:
            return self.tr(
                "All of it can be repaired, in one step that Undo takes back. Passages are found again by their "
                "words; what belongs to nothing goes to the bin."
            )
        if report.repairable:
            return self.tr(
                "{n} of them can be repaired, in one step that Undo takes back. For the others, look whether a "
                "backup has the thing as it was."
            ).format(n=words.number(report.repairable))
        return self.tr(
            "None of it can be repaired here, and the rest of the library works. Look whether a backup has these "
            "things as they were."
        )

    # Parts ------------------------------------------------------------------------------------------------

    def _make_waiting(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(40, 24, 40, 24)
        column.setSpacing(6)
        column.addStretch(1)
        self._waiting = label("", role="strong", parent=page)
        said = label(
            self.tr("Every text, passage, reference and step of the history is read. You can go on working."),
            tone="secondary",
            parent=page,
        )
        for line in (self._waiting, said):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setWordWrap(True)
            column.addWidget(line)
        column.addStretch(1)
        return page

    def _make_sound(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 24, 20, 16)
        column.setSpacing(0)
        mark = IconLabel(self.themes, "circle-check", "supports", size=32, parent=page)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(10)
        self._verdict = label("", role="title", parent=page)
        said = label(
            self.tr("The file is sound, and every text, passage and step is what was stored."),
            tone="secondary",
            parent=page,
        )
        for line in (self._verdict, said):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setWordWrap(True)
            column.addWidget(line)
            column.addSpacing(2)
        column.addSpacing(18)
        area = QScrollArea(page)
        area.setObjectName("check_counts")
        area.setAccessibleName(self.tr("Rows checked"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.viewport().setAutoFillBackground(False)
        inner = QWidget(area)
        inner.setAutoFillBackground(False)
        around = QVBoxLayout(inner)
        around.setContentsMargins(0, 0, 0, 0)
        self._card = QFrame(inner)
        self._card.setProperty("surface", "card")
        self._counts = QGridLayout(self._card)
        self._counts.setContentsMargins(16, 12, 16, 12)
        self._counts.setHorizontalSpacing(12)
        self._counts.setVerticalSpacing(8)
        self._counts.setColumnStretch(1, 1)
        self._counts.setColumnMinimumWidth(3, 24)
        self._counts.setColumnStretch(5, 1)
        around.addWidget(self._card)
        around.addStretch(1)
        area.setWidget(inner)
        column.addWidget(area, 1)
        self._counts_area = area
        return page

    def _fill_counts(self, checked: Sequence[tuple[str, int]]) -> None:
        """Icon, kind and number, in two columns; kinds of which there are none are left out."""
        while (item := self._counts.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        shown = [(kind, many) for kind, many in checked if many]
        half = -(-len(shown) // 2)
        for at, (kind, many) in enumerate(shown):
            row, side = at % max(half, 1), 4 * (at // max(half, 1))
            mark = IconLabel(self.themes, words.kind_icon(kind), "textSecondary", parent=self._card)
            self._counts.addWidget(mark, row, side)
            self._counts.addWidget(label(words.kind_title(kind), parent=self._card), row, side + 1)
            number = label(words.number(many), role="strong", parent=self._card)
            self._counts.addWidget(number, row, side + 2, Qt.AlignmentFlag.AlignTrailing)
        self._counts_area.setAccessibleDescription(
            ", ".join(words.counted(kind, many) for kind, many in shown)
        )

    def _make_problems(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._advice = label("", tone="secondary", parent=page)
        self._advice.setWordWrap(True)
        self._advice.setContentsMargins(20, 14, 20, 12)
        column.addWidget(self._advice)
        self._model = ProblemListModel(self)
        self.list = QListView(page)
        self.list.setObjectName("check_problems")
        self.list.setAccessibleName(self.tr("Problems"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(ProblemDelegate(self.themes, self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.list, 1)
        return page

    def _make_footer(self) -> None:
        self._copy = self.add_button("check_copy", self.tr("Copy report"), self._on_copy)
        self._state = ElidedLabel(parent=self)
        self.footer.addWidget(self._state, 1)
        self._again = self.add_button("check_again", self.tr("Check again"), self.check_requested.emit)
        self._close = self.add_button("check_close", self.tr("Close"), self.reject)
        self.repair_button = KeyButton(
            self.themes, self.tr("Repair"), icon="check", key="Ctrl ↵", primary=True, parent=self
        )
        self.repair_button.setObjectName("check_repair")
        self.repair_button.clicked.connect(self.repair_requested)
        self.footer.addWidget(self.repair_button)
        self.recover_button = KeyButton(
            self.themes,
            self.tr("Save what can be read…"),
            icon="save",
            key="Ctrl ↵",
            primary=True,
            parent=self,
        )
        self.recover_button.setObjectName("check_recover")
        self.recover_button.clicked.connect(self.recovery_requested)
        self.footer.addWidget(self.recover_button)

    def _check(self, *, stopped: bool = False) -> None:
        """Let the buttons fit what is shown."""
        report, broken = self._report, self._is_broken()
        waiting = "" if stopped else self.tr("Wait until the check is done")
        self._copy.setEnabled(report is not None)
        self._copy.setToolTip("" if report is not None else waiting or self.tr("There is no report"))
        self._again.setEnabled(report is not None or stopped)
        self._again.setToolTip("" if report is not None else waiting)
        many = report.repairable if report is not None else 0
        text = (self.tr("Repair {n} problem") if many == 1 else self.tr("Repair {n} problems")).format(
            n=words.number(many)
        )
        self.repair_button.setText(text if many else self.tr("Repair"))
        self.repair_button.setAccessibleName(self.repair_button.text())
        self.repair_button.updateGeometry()
        self.repair_button.setEnabled(many > 0 and not self._read_only)
        why = (
            self._read_only if many else self.tr("Nothing can be repaired") if report is not None else waiting
        )
        if report is not None and not report.problems:
            why = self.tr("There is nothing to repair")
        self.repair_button.setToolTip(why)
        self.repair_button.setAccessibleDescription(why)
        self.repair_button.setVisible(not broken)
        self.recover_button.setVisible(broken)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._copy.setText(self.tr("Copied"))
        QTimer.singleShot(_COPIED_MS, self._copy, lambda: self._copy.setText(self.tr("Copy report")))
