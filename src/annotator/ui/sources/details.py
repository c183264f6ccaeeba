"""Everything about one source, beside the table."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.source import Source
from annotator.ui.dialogs.source_list import source_icon
from annotator.ui.icons import icon
from annotator.ui.sources import words
from annotator.ui.sources.uses import UseList
from annotator.ui.sources.values import SourceRow, SourceUse
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import FlowLayout, IconLabel, follow, label

_LABELS = 92
_COPIED_MS = 2000
_MARGIN = 3


class PlainText(QTextEdit):
    """Text to read, select and copy, as high as it needs; an address in it is text like any other."""

    def __init__(self, themes: ThemeManager, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setProperty("flat", True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(_MARGIN)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self.setPlainText(text)
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(int(self.document().size().height() + 0.5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self._themes.theme.color("focus"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.end()


class SourceDetails(QFrame):
    """One source and what it is used for."""

    edit_requested = Signal()
    delete_requested = Signal()
    citation_copied = Signal()
    claim_opened = Signal(str, str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._row: SourceRow | None = None
        self.setObjectName("source_details")
        self.setAccessibleName(self.tr("Details of the source"))
        self.setProperty("surface", "panel")
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QFrame()
        self._body.setProperty("surface", "panel")
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(0)
        self._add_heading()
        self._add_facts()
        self._add_buttons()
        self._add_uses()
        self._column.addStretch(1)
        self._scroll.setWidget(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self._scroll)
        self._calm = QTimer(self, singleShot=True, interval=_COPIED_MS)
        self._calm.timeout.connect(self._on_calm)
        follow(themes, self._dress)
        self.set_row(None)

    def row(self) -> SourceRow | None:
        """The source shown."""
        return self._row

    def set_row(self, row: SourceRow | None) -> None:
        """Show a source; with another one than before, its uses are awaited."""
        before, self._row = self._row, row
        self._body.setVisible(row is not None)
        if row is None:
            self.uses.set_uses(())
            return
        if before is None or before.source.id != row.source.id:
            self.uses.set_uses(())
            self._scroll.verticalScrollBar().setValue(0)
            self._on_calm()
        self._show_source(row.source)
        self._show_used()

    def set_uses(self, uses: tuple[SourceUse, ...]) -> None:
        """Show what the source is used for."""
        self.uses.set_uses(uses)
        self._show_used()

    def copy_citation(self) -> None:
        """Put the reference on the clipboard."""
        if self._row is None:
            return
        QGuiApplication.clipboard().setText(words.reference_text(self._row.source))
        self._copy.setText(self.tr("Copied"))
        self._calm.start()
        self.citation_copied.emit()

    def _add_heading(self) -> None:
        kind = QHBoxLayout()
        kind.setSpacing(8)
        self._icon = IconLabel(self._themes, "file-text", "textSecondary", parent=self._body)
        self._type = label("", role="caption", tone="secondary", parent=self._body)
        kind.addWidget(self._icon)
        kind.addWidget(self._type, 1)
        self._column.addLayout(kind)
        self._title = self._wrapping("title", "")
        self._title.setObjectName("source_details_title")
        self._byline = self._wrapping("", "secondary")
        self._column.addSpacing(4)
        self._column.addWidget(self._title)
        self._column.addSpacing(2)
        self._column.addWidget(self._byline)
        self._column.addSpacing(8)

    def _wrapping(self, role: str, tone: str) -> QLabel:
        made = label("", role=role, tone=tone, parent=self._body)
        made.setWordWrap(True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
        return made

    def _add_facts(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, _LABELS)
        grid.setColumnStretch(1, 1)
        names = (
            ("container", self.tr("Published in")),
            ("publisher", self.tr("Publisher")),
            ("doi", self.tr("DOI")),
            ("url", self.tr("Link")),
            ("reference", self.tr("Reference")),
        )
        self._facts: dict[str, tuple[QLabel, PlainText]] = {}
        for place, (key, name) in enumerate(names):
            caption = label(name, tone="muted", parent=self._body)
            caption.setContentsMargins(0, _MARGIN, 0, 0)
            value = PlainText(self._themes, name, self._body)
            value.setObjectName(f"source_{key}_text")
            grid.addWidget(caption, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1)
            self._facts[key] = (caption, value)
        self._column.addLayout(grid)

    def _add_buttons(self) -> None:
        row = QWidget(self._body)
        flow = FlowLayout(row, across=8, down=8)
        self._edit = self._make_button("source_edit", self.tr("Edit"), self.tr("Edit (F2)"))
        self._copy = self._make_button("source_copy", self.tr("Copy citation"), "")
        self._delete = self._make_button("source_delete", self.tr("Delete"), self.tr("Delete (Del)"))
        self._edit.clicked.connect(self.edit_requested)
        self._copy.clicked.connect(self.copy_citation)
        self._delete.clicked.connect(self.delete_requested)
        for button in (self._edit, self._copy, self._delete):
            flow.addWidget(button)
        self._column.addSpacing(10)
        self._column.addWidget(row)
        self._column.addSpacing(16)

    def _make_button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self._body)
        button.setObjectName(name)
        button.setProperty("compact", True)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        return button

    def _add_uses(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(label(self.tr("Used in"), role="caption", tone="secondary", parent=self._body))
        self._count = label("", role="caption", tone="muted", parent=self._body)
        head.addWidget(self._count)
        head.addStretch(1)
        self._unused = label(self.tr("No claim rests on it yet."), tone="muted", parent=self._body)
        self._unused.setWordWrap(True)
        self.uses = UseList(self._themes, self._body)
        self.uses.claim_opened.connect(self.claim_opened)
        self.uses.card_focused.connect(lambda card: self._scroll.ensureWidgetVisible(card, 0, 8))
        self._column.addLayout(head)
        self._column.addSpacing(6)
        self._column.addWidget(self._unused)
        self._column.addWidget(self.uses)

    def _show_source(self, source: Source) -> None:
        self._icon.set_icon(source_icon(source.csl_type), "textSecondary")
        self._type.setText(words.type_label(source.csl_type))
        self._title.setText(source.title)
        byline = " · ".join(part for part in (", ".join(source.authors), source.year) if part)
        self._byline.setText(byline)
        self._byline.setVisible(bool(byline))
        texts = {
            "container": words.container(source),
            "publisher": words.publisher(source),
            "doi": source.doi,
            "url": source.url,
            "reference": words.reference_text(source),
        }
        for key, (caption, value) in self._facts.items():
            value.set_text(texts[key])
            caption.setVisible(bool(texts[key]))
            value.setVisible(bool(texts[key]))

    def _show_used(self) -> None:
        many = len(self.uses.uses()) or (self._row.used if self._row else 0)
        self._count.setText(self.locale().toString(many) if many else "")
        self._unused.setVisible(not many)

    def _on_calm(self) -> None:
        self._calm.stop()
        self._copy.setText(self.tr("Copy citation"))

    def _dress(self, theme: Theme) -> None:
        ink = theme.color("text")
        self._edit.setIcon(icon("pencil", ink, 14))
        self._copy.setIcon(icon("copy", ink, 14))
        self._delete.setIcon(icon("trash-2", ink, 14))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        edge = self.width() - 1 if self.isRightToLeft() else 0
        painter.fillRect(edge, 0, 1, self.height(), self._themes.theme.color("border"))
        painter.end()
