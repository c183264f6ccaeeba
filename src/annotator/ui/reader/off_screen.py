"""While a filter is on: how many of its claims lie above and below the screen, at the ends of the rail."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QPushButton

from annotator.ui import icons
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import follow

_AWAY = 8  # pixels from the rail and from the ends of the text


class OffScreenCounts(QObject):
    """Two chips over the text, “3 above” and “5 below”. Each leads to the nearest of its claims, and hides when there
    are none."""

    def __init__(self, reader: ReaderView, themes: ThemeManager) -> None:
        super().__init__(reader)
        self._reader = reader
        self.above, self.below = self._chip("claims_above"), self._chip("claims_below")
        self.above.clicked.connect(lambda: self._jump(above=True))
        self.below.clicked.connect(lambda: self._jump(above=False))
        reader.position_changed.connect(self.refresh)
        # Counting looks at every claim once after each change: it waits until the change has been painted.
        self._late = QTimer(self, singleShot=True, interval=30)
        self._late.timeout.connect(self.refresh)
        reader.spans_changed.connect(self._refresh_late)
        reader.installEventFilter(self)
        follow(themes, self._restyle)
        self.refresh()

    def refresh(self) -> None:
        """Count anew."""
        if not self._reader.page.hidden:
            self.above.hide()
            self.below.hide()
            return
        above, below = self._reader.page.claims_around(self._reader.text_on_screen())
        words = QCoreApplication.translate
        self._show(self.above, len(above), words("OffScreenCounts", "{count} above"))
        self._show(self.below, len(below), words("OffScreenCounts", "{count} below"))

    def _refresh_late(self) -> None:
        if self._reader.page.hidden:
            self._late.start()
        else:
            self.refresh()

    def _chip(self, name: str) -> QPushButton:
        chip = QPushButton(self._reader)
        chip.setObjectName(name)
        chip.setProperty("compact", True)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.setIconSize(icons.icon_size(14))
        chip.hide()
        return chip

    def _show(self, chip: QPushButton, count: int, words: str) -> None:
        if not count:
            if chip.hasFocus():
                self._reader.setFocus(Qt.FocusReason.OtherFocusReason)
            chip.hide()
            return
        chip.setText(words.format(count=count))
        chip.setAccessibleName(chip.text())
        chip.adjustSize()
        room: QRect = self._reader.rect()
        top = _AWAY if chip is self.above else room.height() - chip.height() - _AWAY
        chip.move(room.width() - chip.width() - _AWAY, top)
        chip.show()

    def _jump(self, *, above: bool) -> None:
        before, behind = self._reader.page.claims_around(self._reader.text_on_screen())
        if above and before:
            self._reader.go_to_mark(before[-1])
        elif not above and behind:
            self._reader.go_to_mark(behind[0])

    def _restyle(self, theme: Theme) -> None:
        color = theme.color("textSecondary")
        self.above.setIcon(icons.icon("chevron-up", color, 14))
        self.below.setIcon(icons.icon("chevron-down", color, 14))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._reader:
            self.refresh()
        return super().eventFilter(watched, event)
