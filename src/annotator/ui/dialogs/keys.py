"""All keys on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import KeyCap, label

Row = tuple[str, str]  # keys, what they do


class KeysDialog(Sheet):
    """The keys of the reading view as they are in use, and those that work anywhere, read from the actions."""

    single_keys_chosen = Signal(bool)
    change_requested = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        reading: Sequence[Row],
        actions: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, "", QSize(860, 700), parent)
        self.setObjectName("keys_dialog")
        self.setWindowTitle(self.tr("All keys"))
        self.title_label.setText(self.windowTitle())
        page = QWidget(self)
        columns = QHBoxLayout(page)
        columns.setContentsMargins(20, 16, 20, 16)
        columns.setSpacing(32)
        native = QKeySequence.SequenceFormat.NativeText
        anywhere = [
            (" / ".join(one.toString(native) for one in action.shortcuts()), action.text().rstrip("…"))
            for action in actions
            if action.shortcuts()
        ]
        columns.addLayout(self._column(self.tr("In the text"), reading, page))
        columns.addLayout(self._column(self.tr("Anywhere"), anywhere, page))
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.tr("All keys"))
        scroll.setWidget(page)
        self.body.addWidget(scroll)
        self._single = QCheckBox(self.tr("Single keys, without Ctrl or Alt"), self)
        self._single.setObjectName("single_keys")
        self._single.setToolTip(self.tr("Off: typing a character does nothing in the text"))
        self._single.toggled.connect(self.single_keys_chosen)
        self.footer.addWidget(self._single)
        change = QPushButton(self.tr("Change keys…"), self)
        change.setObjectName("keys_change")
        change.clicked.connect(self.change_requested)
        self.footer.addStretch(1)
        self.footer.addWidget(change)
        close = QPushButton(self.tr("Close"), self)
        close.setAccessibleName(self.tr("Close"))
        close.clicked.connect(self.accept)
        self.footer.addWidget(close)
        close.setFocus()

    def set_single_keys(self, used: bool) -> None:
        """Show whether single keys do something; tells nobody."""
        self._single.blockSignals(True)
        self._single.setChecked(used)
        self._single.blockSignals(False)

    def _column(self, title: str, rows: Sequence[Row], page: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(label(title, role="strong", parent=page))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for number, (keys, words) in enumerate(rows):
            grid.addWidget(KeyCap(keys, page), number, 0, Qt.AlignmentFlag.AlignRight)
            said = label(words, parent=page)
            said.setWordWrap(True)
            grid.addWidget(said, number, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return column
