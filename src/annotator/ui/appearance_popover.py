"""The choices behind the “Aa”: how articles are set and how the window looks, each as a row of which one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from annotator.settings import FACES, LINE_HEIGHTS, READING_SIZES
from annotator.ui.appearance import Appearance
from annotator.ui.theme import load_face
from annotator.ui.widgets import Segmented, label

_MEASURES = (520, 600, 660, 740, 820)
_LABEL_WIDTH = 92


class AppearancePopover(QFrame):
    """Tab goes from row to row, arrows choose, Esc closes; what is chosen is shown at once."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("appearance")
        self.setAccessibleName(self.tr("Reading appearance"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._appearance = appearance
        self._rows: dict[str, Segmented] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = QFrame(self)
        card.setProperty("surface", "popover")
        outer.addWidget(card)
        self._grid = QGridLayout(card)
        self._grid.setContentsMargins(16, 14, 16, 16)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._add_type_rows()
        self._add_gap()
        self._add_window_rows()
        self.setFocusProxy(self._rows["reading_face"])
        appearance.changed.connect(self._show)
        for name in self._rows:
            self._show(name)
        self._set_faces()

    def _add_type_rows(self) -> None:
        tr, number = self.tr, QLocale().toString
        faces = list(zip(FACES, ("Literata", "Source Serif", "Atkinson"), strict=True))
        self._add_row("reading_face", tr("Face"), faces, str)
        self._add_row("reading_size", tr("Size"), [(str(size), number(size)) for size in READING_SIZES], int)
        heights = [(str(height), number(height, "g", 3)) for height in LINE_HEIGHTS]
        self._add_row("line_height", tr("Line height"), heights, float)
        widths = [(str(width), number(width)) for width in _MEASURES]
        self._add_row("measure", tr("Column width"), widths, int)

    def _add_window_rows(self) -> None:
        tr = self.tr
        system = ("system", tr("Follow system"))
        themes = (("light", tr("Light")), ("sepia", tr("Sepia")), ("dark", tr("Dark")))
        self._add_row("theme", tr("Theme"), (system, *themes), str)
        contrasts = (("normal", tr("Normal")), ("high", tr("High")))
        self._add_row("contrast", tr("Contrast"), (system, *contrasts), str)
        motions = (("full", tr("Full")), ("reduced", tr("Reduced")))
        self._add_row("motion", tr("Motion"), (system, *motions), str)

    def _add_row(
        self,
        name: str,
        title: str,
        choices: Sequence[tuple[str, str]],
        read: Callable[[str], object],
    ) -> None:
        """A row for the setting `name`; `read` makes its value of the key of a choice."""
        row = Segmented(title, choices, parent=self)
        row.setObjectName(f"appearance_{name}")
        row.chosen.connect(partial(self._choose, name, read))
        at = self._grid.rowCount()
        self._grid.addWidget(label(title, tone="secondary", parent=self), at, 0)
        self._grid.addWidget(row, at, 1)
        self._rows[name] = row

    def _add_gap(self) -> None:
        self._grid.setRowMinimumHeight(self._grid.rowCount(), 4)

    def _choose(self, name: str, read: Callable[[str], object], key: str) -> None:
        self._appearance.choose(name, read(key))

    def _show(self, name: str) -> None:
        if name in self._rows:
            self._rows[name].set_value(str(self._appearance.value(name)))

    def _set_faces(self) -> None:
        """Show every face in itself."""
        for face, button in zip(FACES, self._rows["reading_face"].buttons(), strict=True):
            load_face(face)
            button.setStyleSheet(f'font-family: "{face}"; font-size: 13px;')

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
