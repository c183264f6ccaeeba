"""Two people changed the same field: shows what it was, theirs and mine, and asks what is to be stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.merging import merged
from annotator.errors import EditConflict, FieldConflict
from annotator.ui.dialogs.card_button import KeyButton
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import MessageBar, label


class _Field(QWidget):
    """One field that two people changed, with what is to be stored of it."""

    def __init__(self, conflict: FieldConflict, caption: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._conflict = conflict
        self._chosen: Any = conflict.mine
        self._is_text = all(isinstance(one, str) for one in (conflict.base, conflict.theirs, conflict.mine))
        both = merged(conflict.base, conflict.mine, conflict.theirs) if self._is_text else None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(caption, role="strong", parent=self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        versions = (
            ("base", self.tr("Before"), conflict.base),
            ("theirs", self.tr("Theirs, stored by now"), conflict.theirs),
            ("mine", self.tr("Yours"), conflict.mine),
        )
        for number, (name, words, value) in enumerate(versions):
            pane = self._pane(f"conflict_{name}", words, _shown(value))
            pane.setReadOnly(True)
            grid.addWidget(label(words, role="caption", tone="secondary", parent=self), 0, number)
            grid.addWidget(pane, 1, number)
            grid.setColumnStretch(number, 1)
        column.addLayout(grid)
        column.addSpacing(4)
        self.result = self._pane("conflict_result", self.tr("What to store"), "")
        self.result.setReadOnly(not self._is_text)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(self.tr("What to store"), role="caption", tone="secondary", parent=self))
        line.addStretch(1)
        choices = [
            ("conflict_use_theirs", self.tr("Use theirs"), conflict.theirs),
            ("conflict_use_mine", self.tr("Use yours"), conflict.mine),
        ]
        if both is not None and both not in (conflict.theirs, conflict.mine):
            choices.append(("conflict_use_both", self.tr("Use both"), both))
        for name, words, value in choices:
            button = QPushButton(words, self)
            button.setObjectName(name)
            button.setProperty("compact", True)
            button.setAccessibleName(f"{words}: {caption}")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, value=value: self._take(value))
            line.addWidget(button)
        column.addLayout(line)
        column.addWidget(self.result)
        self._take(conflict.mine if both is None else both)

    def value(self) -> Any:
        """What is to be stored."""
        return self.result.toPlainText() if self._is_text else self._chosen

    def _take(self, value: Any) -> None:
        self._chosen = value
        self.result.setPlainText(_shown(value))

    def _pane(self, name: str, words: str, text: str) -> QPlainTextEdit:
        pane = QPlainTextEdit(text, self)
        pane.setObjectName(name)
        pane.setAccessibleName(words)
        pane.setTabChangesFocus(True)
        pane.setFixedHeight(6 * pane.fontMetrics().lineSpacing() + 18)
        return pane


class ConflictDialog(Sheet):
    """Asks what is to be stored where two people changed the same. `decided` carries a value for each field.

    Rejecting it decides nothing.
    """

    decided = Signal(object)

    def __init__(
        self,
        themes: ThemeManager,
        conflict: EditConflict,
        name: str,
        captions: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, "", QSize(880, 560), parent)
        self.setObjectName("conflict_dialog")
        self.setWindowTitle(self.tr("Changed elsewhere in the meantime"))
        self.title_label.setText(self.windowTitle())
        self.subtitle_label.setText(name)
        self.messages = MessageBar(themes, self)
        self.body.addWidget(self.messages)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(20)
        told = label(
            self.tr(
                "While you were writing, another window or program changed the same. Nothing is lost:"
                " whatever you choose, both stay in the history."
            ),
            parent=page,
        )
        told.setWordWrap(True)
        column.addWidget(told)
        self.fields = {
            item.field: _Field(item, captions.get(item.field, item.field), page) for item in conflict.fields
        }
        for field in self.fields.values():
            column.addWidget(field)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        self.body.addWidget(scroll, 1)
        self.footer.addStretch(1)
        later = self.add_button("conflict_later", self.tr("Decide later"), self.reject)
        later.setToolTip(self.tr("Theirs stays; yours is kept and offered again"))
        store = KeyButton(themes, self.tr("Store"), icon="check", key="Ctrl ↵", primary=True, parent=self)
        store.setObjectName("conflict_store")
        store.clicked.connect(self.confirm)
        self.footer.addWidget(store)
        next(iter(self.fields.values())).result.setFocus()

    def confirm(self) -> None:
        """Tell what was decided."""
        self.decided.emit({name: field.value() for name, field in self.fields.items()})


def _shown(value: Any) -> str:
    """A value as text, for people."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return "; ".join(map(str, value))
    return str(value)
