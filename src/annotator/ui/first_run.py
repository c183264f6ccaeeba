"""What an empty library shows: how to begin, and the keys worth knowing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.ui.dialogs.card_button import CardButton, CardLook
from annotator.ui.icons import icon
from annotator.ui.incoming import incoming, may_hold
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow
from annotator.ui.widgets.buttons import Segmented
from annotator.ui.widgets.labels import IconLabel, KeyCap, label

_WIDE, _KEYS_WIDE, _BETWEEN = 960, 380, 40
_CARD = CardLook(
    height=70,
    padding=17,
    radius=8,
    icon_size=20,
    tile=40,
    title_role="body",
    ink="accent",
    title_weight=QFont.Weight.DemiBold,
)


class DropZone(QWidget):
    """Takes files and text that are dropped on it."""

    dropped = Signal(object)  # an Incoming

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop_zone")
        self.setAcceptDrops(True)
        self.setFixedHeight(96)
        self._themes = themes
        self._over = False
        row = QHBoxLayout(self)
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(IconLabel(themes, "file-plus", "textSecondary", size=20, parent=self))
        row.addWidget(label(self.tr("Drop files or selected text here"), tone="secondary", parent=self))
        row.addStretch(1)
        themes.theme_changed.connect(self.update)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_hold(event.mimeData()):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        found = incoming(event.mimeData())
        event.acceptProposedAction()
        self.dropped.emit(found)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("accent" if self._over else "borderStrong"), 2)
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 2.2])
        painter.setPen(pen)
        painter.setBrush(theme.color("accentSoft") if self._over else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        painter.end()


class FirstRun(QScrollArea):
    """Three ways to begin, as buttons; S presses the last one while no text field has focus."""

    open_requested = Signal()
    paste_requested = Signal()
    sample_requested = Signal()
    library_requested = Signal()
    theme_requested = Signal(str)
    dropped = Signal(object)  # an Incoming

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("first_run")
        self.setAccessibleName(self.tr("Welcome"))
        self.setProperty("surface", "reader")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._themes = themes
        inner = QWidget(self)
        inner.setObjectName("first_run_page")
        inner.setProperty("surface", "reader")
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(24, 24, 24, 24)
        page = QWidget(inner)
        page.setMaximumWidth(_WIDE)
        page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        outer.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(page, 1000)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._add_words(column, page)
        column.addLayout(self._make_steps(page))
        column.addSpacing(24)
        columns = QHBoxLayout()
        columns.setSpacing(_BETWEEN)
        columns.addLayout(self._make_cards(page), _WIDE - _KEYS_WIDE - _BETWEEN)
        columns.addWidget(self._make_keys(page), _KEYS_WIDE)
        column.addLayout(columns)
        self.setWidget(inner)
        self.setFocusProxy(self.open_card)
        follow(themes, self._dress)

    def _add_words(self, column: QVBoxLayout, page: QWidget) -> None:
        heading = label(self.tr("What are you reading?"), parent=page)
        heading.setFont(self._themes.theme.font("display"))
        column.addWidget(heading)
        column.addSpacing(6)
        words = self.tr(
            "Bring an article, mark the claims that matter, connect them to sources and say how sure you are. "
            "Your work stays in one file on this computer."
        )
        intro = label(words, tone="secondary", parent=page)
        intro.setFont(self._themes.theme.font("body"))
        intro.setWordWrap(True)
        intro.setMaximumWidth(640)
        # beside a stretch, so that the layout asks for the height at the label's own width
        row = QHBoxLayout()
        row.addWidget(intro, 1000)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(20)

    def _make_steps(self, page: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        steps = (
            ("text-select", "textSecondary", self.tr("Select")),
            ("flag", "accent", self.tr("Claim")),
            ("link", "supports", self.tr("Source")),
            ("scale", "conflicting", self.tr("Verdict")),
            ("file-down", "textSecondary", self.tr("Export")),
        )
        for number, (name, role, text) in enumerate(steps):
            if number:
                row.addWidget(IconLabel(self._themes, "chevron-right", "textSecondary", size=14, parent=page))
            step = QHBoxLayout()
            step.setSpacing(8)
            step.addWidget(IconLabel(self._themes, name, role, parent=page))
            step.addWidget(label(text, tone="secondary", parent=page))
            row.addLayout(step)
        row.addStretch(1)
        return row

    def _card(self, title: str, hint: str, name: str, key: str, wish: SignalInstance) -> CardButton:
        card = CardButton(self._themes, title, icon=name, hint=hint, key=key, look=_CARD)
        card.clicked.connect(wish)
        return card

    def _make_cards(self, page: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self.open_card = self._card(
            self.tr("Open articles…"),
            self.tr("HTML, Markdown or plain text. Several at once is fine."),
            "folder-open",
            "Ctrl O",
            self.open_requested,
        )
        self.open_card.setObjectName("first_run_open")
        self.paste_card = self._card(
            self.tr("Paste text"),
            self.tr("Title and author are filled in where they can be found."),
            "clipboard-paste",
            "Ctrl V",
            self.paste_requested,
        )
        self.paste_card.setObjectName("first_run_paste")
        self.sample_card = self._card(
            self.tr("Start with the sample article"),
            self.tr("Five minutes, ten claims already marked."),
            "book-open",
            "S",
            self.sample_requested,
        )
        self.sample_card.setObjectName("first_run_sample")
        for card in (self.open_card, self.paste_card, self.sample_card):
            card.setParent(page)
            column.addWidget(card)
        self.drop_zone = DropZone(self._themes, page)
        self.drop_zone.dropped.connect(self.dropped)
        column.addWidget(self.drop_zone)
        column.addLayout(self._make_library_row(page))
        column.addStretch(1)
        return column

    def _make_library_row(self, page: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(self._themes, "history", "textMuted", size=14, parent=page))
        row.addWidget(label(self.tr("Used annotator before?"), role="caption", tone="muted", parent=page))
        self.library_link = QPushButton(self.tr("Open an existing library…"), page)
        self.library_link.setObjectName("first_run_library")
        self.library_link.setAccessibleName(self.tr("Open an existing library…"))
        self.library_link.setProperty("kind", "quiet")
        self.library_link.setProperty("compact", True)
        self.library_link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.library_link.clicked.connect(self.library_requested)
        row.addWidget(self.library_link)
        row.addStretch(1)
        return row

    def _make_keys(self, page: QWidget) -> QWidget:
        part = QWidget(page)
        part.setMaximumWidth(_KEYS_WIDE)
        part.setMinimumWidth(300)
        part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(self.tr("Keys worth knowing"), role="caption", tone="secondary", parent=part))
        column.addSpacing(6)
        self._lines: list[QFrame] = []
        self._add_line(column, part)
        for keys, text in (
            ("J  K", self.tr("next and previous paragraph")),
            ("E", self.tr("select the sentence, then the paragraph")),
            ("C", self.tr("turn the selection into a claim")),
            ("1 – 8", self.tr("tag it")),
            ("L", self.tr("link a source: supports, refutes, context")),
            ("V", self.tr("give a verdict")),
            ("+  −", self.tr("raise or lower confidence")),
            ("Ctrl K", self.tr("everything else")),
        ):
            column.addLayout(self._make_key_row(keys, text, part))
            self._add_line(column, part)
        column.addSpacing(18)
        column.addLayout(self._make_look(part))
        column.addStretch(1)
        return part

    @staticmethod
    def _make_key_row(keys: str, text: str, part: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStrut(33)
        row.setSpacing(12)
        holder = QHBoxLayout()
        holder.addStretch(1)
        holder.addWidget(KeyCap(keys, part))
        box = QWidget(part)
        box.setLayout(holder)
        holder.setContentsMargins(0, 0, 0, 0)
        box.setFixedWidth(84)
        row.addWidget(box)
        row.addWidget(label(text, parent=part), 1)
        return row

    def _make_look(self, part: QWidget) -> QHBoxLayout:
        look = QHBoxLayout()
        look.setSpacing(12)
        look.addWidget(label(self.tr("Look"), role="caption", tone="secondary", parent=part))
        self._looks = Segmented(self.tr("Look"), parent=part)
        self._looks.setObjectName("first_run_look")
        self._looks.setFixedWidth(250)
        for key, text in (
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("sepia", self.tr("Sepia")),
        ):
            button = self._looks.add_choice(key, text)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._looks.chosen.connect(self.theme_requested)
        look.addWidget(self._looks)
        look.addStretch(1)
        return look

    def _add_line(self, column: QVBoxLayout, parent: QWidget) -> None:
        line = QFrame(parent)
        line.setFixedHeight(1)
        self._lines.append(line)
        column.addWidget(line)

    def _dress(self, theme: Theme) -> None:
        for line in self._lines:
            line.setStyleSheet(f"background: {theme.css('border')};")
        self.library_link.setStyleSheet(f"QPushButton {{ color: {theme.css('link')}; font-size: 12px; }}")
        self._looks.set_value(theme.name)
        icons = ("sun", "moon", "sun-moon")
        for button, name in zip(self._looks.buttons(), icons, strict=True):
            button.setIcon(icon(name, theme.color("textSecondary"), 14))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.sample_requested.emit()
        else:
            super().keyPressEvent(event)
