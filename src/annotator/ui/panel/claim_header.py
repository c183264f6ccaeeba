"""The line above the claim editor: which claim, its verdict, previous, next, and a menu."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from annotator.domain.claim import OPEN
from annotator.ui import icons
from annotator.ui.panel import drawing
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import IconButton, follow, label


class VerdictBadge(QWidget):
    """A verdict's icon and short word in its colour."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._key, self._word = OPEN, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(themes, self._restyle)

    def set_verdict(self, key: str, word: str) -> None:
        """Show another verdict under the word that its scale has for it."""
        self._key, self._word = key, word
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def _restyle(self, _theme: Theme) -> None:
        self.update()

    def _font_width(self) -> int:
        font = self._themes.theme.font("ui")
        font.setWeight(font.Weight.Medium)
        self.setFont(font)
        return self.fontMetrics().horizontalAdvance(self._word)

    def sizeHint(self) -> QSize:
        return QSize(14 + 5 + self._font_width() + 2, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        style = theme.verdict(self._key)
        painter = QPainter(self)
        painter.setFont(self.font())
        at = QPoint(0, 1)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            at.setX(self.width() - self.sizeHint().width())
        drawing.draw_icon_text(
            painter, at, style.icon, self._word, style.color, gap=5, dpr=self.devicePixelRatioF()
        )


class ClaimHeader(QWidget):
    """ "Claim 4", in the narrow panel "Claim 4 of 9" with an arrow back to the list."""

    back_requested = Signal()
    previous_requested = Signal()
    next_requested = Signal()
    link_requested = Signal()
    history_requested = Signal()
    delete_requested = Signal()

    def __init__(
        self, themes: ThemeManager, *, with_back: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._read_only = False
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(8 if with_back else 0, 0, 8 if with_back else 0, 0)
        row.setSpacing(6)
        if with_back:
            back = IconButton(themes, "arrow-left", self.tr("Back to the list"), parent=self)
            back.setObjectName("claim_back")
            back.clicked.connect(self.back_requested)
            row.addWidget(back)
        self._title = label("", role="strong", parent=self)
        self._total = label("", role="caption", tone="muted", parent=self)
        self._badge = VerdictBadge(themes, self)
        self._total.setVisible(with_back)
        row.addWidget(self._title)
        row.addWidget(self._total)
        row.addWidget(self._badge)
        row.addStretch(1)
        self.previous = IconButton(themes, "chevron-up", self.tr("Previous claim"), key="Alt+Up", parent=self)
        self.next = IconButton(themes, "chevron-down", self.tr("Next claim"), key="Alt+Down", parent=self)
        self.more = IconButton(themes, "ellipsis", self.tr("More actions for this claim"), parent=self)
        self.previous.setObjectName("claim_previous")
        self.next.setObjectName("claim_next")
        self.more.setObjectName("claim_more")
        self.previous.clicked.connect(self.previous_requested)
        self.next.clicked.connect(self.next_requested)
        self.more.clicked.connect(self._on_more_clicked)
        buttons = QHBoxLayout()
        buttons.setSpacing(6 if not with_back else 4)
        for button in (self.previous, self.next, self.more):
            buttons.addWidget(button)
        row.addLayout(buttons)

    def show_claim(self, number: int, verdict: str, word: str, total: int = 0) -> None:
        """Name the claim and its verdict."""
        self._title.setText(self.tr("Claim %1").replace("%1", str(number)))
        self._total.setText(self.tr("of %1").replace("%1", str(total)))
        self._badge.set_verdict(verdict, word)

    def set_read_only(self, read_only: bool) -> None:
        """Leave out what changes the claim."""
        self._read_only = read_only

    def menu(self) -> QMenu:
        """The actions that have no button of their own."""
        ink = self._themes.theme.color("textSecondary")
        menu = QMenu(self)
        linking = menu.addAction(icons.icon("link", ink), self.tr("Link source…\tL"))
        linking.triggered.connect(self.link_requested)
        history = menu.addAction(icons.icon("history", ink), self.tr("History of this claim…"))
        history.triggered.connect(self.history_requested)
        menu.addSeparator()
        deleting = menu.addAction(icons.icon("trash-2", ink), self.tr("Delete claim\tDel"))
        deleting.triggered.connect(self.delete_requested)
        for action in (linking, deleting):
            action.setEnabled(not self._read_only)
        return menu

    def _on_more_clicked(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))
