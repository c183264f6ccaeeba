"""Beside the list of backups: what the chosen one holds, what restoring it would change, and where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from annotator.services.backups import Backup, Difference
from annotator.ui.dialogs import library_words as words
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import ElidedLabel, IconButton, IconLabel, label

_COPIED_MS = 1500


class PathLine(QWidget):
    """A path that can be selected and copied, and nothing else."""

    def __init__(self, themes: ThemeManager, name: str, title: str, parent: QWidget | None = None) -> None:
        """`name` begins the names of field and button, `title` says what lies there."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.field = QLineEdit(self)
        self.field.setObjectName(f"{name}_path")
        self.field.setReadOnly(True)
        self.field.setAccessibleName(title)
        row.addWidget(self.field, 1)
        self._copy = IconButton(themes, "copy", self.tr("Copy the path"), side=32, parent=self)
        self._copy.setObjectName(f"{name}_copy_path")
        self._copy.clicked.connect(self._on_copy)
        row.addWidget(self._copy)

    def set_path(self, path: Path) -> None:
        """Show a path from its beginning."""
        self.field.setText(str(path))
        self.field.setToolTip(str(path))
        self.field.setCursorPosition(0)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.field.text())
        self._copy.set_icon("check")
        self._copy.set_name(self.tr("Copied"))
        QTimer.singleShot(_COPIED_MS, self._copy, self._rest)

    def _rest(self) -> None:
        self._copy.set_icon("copy")
        self._copy.set_name(self.tr("Copy the path"))


class BackupDetail(QWidget):
    """One backup. The comparison comes later than the rest: `set_backup` first, then `set_difference`."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(0)
        self._title = label("", role="title", parent=self)
        column.addWidget(self._title)
        self._about = ElidedLabel(parent=self)
        self._about.setProperty("role", "caption")
        self._about.setProperty("tone", "secondary")
        column.addSpacing(2)
        column.addWidget(self._about)
        column.addSpacing(16)
        column.addWidget(self._make_counts())
        column.addSpacing(20)
        self._heading = label(self.tr("Restoring it would change"), role="strong", parent=self)
        column.addWidget(self._heading)
        column.addSpacing(8)
        column.addWidget(self._make_changes(), 1)
        column.addSpacing(12)
        caption = label(self.tr("Folder of the backups"), role="caption", tone="secondary", parent=self)
        column.addWidget(caption)
        column.addSpacing(4)
        self.folder = PathLine(themes, "backups", self.tr("Folder of the backups"), self)
        caption.setBuddy(self.folder.field)
        column.addWidget(self.folder)

    def set_backup(self, backup: Backup) -> None:
        """Show a backup; what restoring it would change isn't known yet."""
        self._title.setText(words.moment(backup.at))
        number = self.tr("Backup {number}").format(number=backup.number)
        self._about.set_text(" · ".join((number, words.reason(backup.reason), words.size(backup.size))))
        self.folder.set_path(backup.path.parent)
        self._counts.setVisible(not backup.trouble)
        for box, (title, many) in zip(self._boxes, words.count_rows(backup.counts), strict=True):
            box[0].setText(words.number(many))
            box[1].setText(title)
        if backup.trouble:
            self._heading.setText(self.tr("This backup is damaged"))
            damage = words.sentence(backup.trouble)
            advice = self.tr("It is never used. Choose another one, such as the next older one.")
            self._show_rows([("triangle-alert", "danger", f"{damage} {advice}")])
        else:
            self._heading.setText(self.tr("Restoring it would change"))
            self._show_rows([("", "", self.tr("Comparing it with the library…"))])

    def set_difference(self, found: Sequence[Difference]) -> None:
        """Show what restoring would change."""
        if not found:
            self._show_rows([("check", "supports", self.tr("Nothing: the library is in this state."))])
            return
        self._show_rows(
            [(words.kind_icon(one.kind), "textSecondary", words.difference(one)) for one in found]
        )

    def set_unknown(self, why: str) -> None:
        """Say why nothing can be compared."""
        self._show_rows([("circle-alert", "danger", why)])

    def changes(self) -> list[str]:
        """The lines that say what restoring would change."""
        return list(self._lines)

    def _make_counts(self) -> QWidget:
        self._counts = QFrame(self)
        self._counts.setProperty("surface", "card")
        row = QGridLayout(self._counts)
        row.setContentsMargins(16, 10, 16, 10)
        row.setHorizontalSpacing(8)
        row.setVerticalSpacing(0)
        self._boxes = []
        for at in range(5):
            many, title = label("", role="title", parent=self), label("", role="caption", parent=self)
            title.setProperty("tone", "secondary")
            row.addWidget(many, 0, at)
            row.addWidget(title, 1, at)
            row.setColumnStretch(at, 1)
            self._boxes.append((many, title))
        return self._counts

    def _make_changes(self) -> QWidget:
        self._lines: list[str] = []
        self._area = QScrollArea(self)
        self._area.setObjectName("backups_changes")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        return self._area

    def _show_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Rows of icon, its colour, and words."""
        page = QWidget()
        page.setAutoFillBackground(False)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for icon, colour, text in rows:
            row = QHBoxLayout()
            row.setSpacing(10)
            if icon:
                mark = IconLabel(self._themes, icon, colour, parent=page)
                row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            said = label(text, tone="" if icon else "secondary", parent=page)
            said.setWordWrap(True)
            row.addWidget(said, 1)
            column.addLayout(row)
        column.addStretch(1)
        self._lines = [text for _, _, text in rows]
        self._area.setWidget(page)  # the one before is deleted
        self._area.setAccessibleName(f"{self._heading.text()}: {'. '.join(self._lines)}")
