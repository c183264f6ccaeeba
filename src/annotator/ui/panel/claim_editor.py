"""The form that shows one claim and tells what the user changes in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.claim import ClaimType
from annotator.domain.ids import TagId
from annotator.domain.rating import DEFAULT_SCALE, Scale
from annotator.domain.tag import Tag
from annotator.domain.views import ClaimView
from annotator.ui import icons
from annotator.ui.panel import words
from annotator.ui.panel.claim_header import ClaimHeader
from annotator.ui.panel.evidence_list import EvidenceList
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import (
    CalmWheel,
    ConfidenceEdit,
    KeyCap,
    TagEdit,
    TextArea,
    VerdictSegment,
    follow,
    label,
)

_GROUP_GAP = 10
_EDGE = 16


class ClaimEditor(QScrollArea):
    """Shows a claim and emits wishes; it stores nothing.

    While a signal is emitted, `claim_id()` is the claim it is about: unsaved typing is told before another claim is
    shown. Text is told on a pause, confidence once per drag, everything else at once.
    """

    statement_changed = Signal(str)
    type_changed = Signal(str)
    tags_changed = Signal(object)
    verdict_changed = Signal(str)
    confidence_changed = Signal(int)
    note_changed = Signal(str)
    history_requested = Signal()
    link_requested = Signal()
    evidence_opened = Signal(str)
    evidence_edit_requested = Signal(str)
    evidence_delete_requested = Signal(str)
    delete_requested = Signal()
    previous_requested = Signal()
    next_requested = Signal()
    done_requested = Signal()
    next_open_requested = Signal()
    escape_pressed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._view: ClaimView | None = None
        self.setObjectName("claim_editor")
        self.setAccessibleName(self.tr("Claim editor"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(self)
        page.setProperty("surface", "panel")
        column = QVBoxLayout(page)
        column.setContentsMargins(_EDGE, 0, _EDGE, _EDGE)
        self._column = column
        column.setSpacing(0)
        self.header = ClaimHeader(themes, parent=page)
        self._top = QWidget(page)
        self._top.setFixedHeight(12)
        self._top.hide()
        column.addWidget(self.header)
        column.addWidget(self._top)
        self._add_statement(column, page)
        self._add_type_and_tags(column, page)
        self._add_verdict(column, page)
        self._add_confidence(column, page)
        self._add_evidence(column, page)
        self._add_note(column, page)
        column.addStretch(1)
        self.setWidget(page)
        self.verticalScrollBar().installEventFilter(self)
        self._connect_parts()
        self._add_shortcuts()
        follow(themes, self._restyle)

    def claim_id(self) -> str:
        """The claim that is shown, "" for none."""
        return str(self._view.claim.id) if self._view is not None else ""

    def show_claim(
        self,
        view: ClaimView,
        tags: Mapping[TagId, Tag],
        history: Sequence[int] = (),
        scale: Scale = DEFAULT_SCALE,
        total: int = 0,
    ) -> None:
        """Show a claim, or what is stored of it now; typing that isn't stored yet stays in its field.

        `history` are the past confidences in percent, oldest first; `total` is how many claims the article has.
        """
        if view.claim.id != self.claim_id():
            self.flush()
            self._view = None  # from here on nothing belongs to the claim shown before
            self.verticalScrollBar().setValue(0)
        fresh = self._view is None
        self._view = view
        word = words.verdict_word(view.claim.verdict, scale)
        self.header.show_claim(view.number, view.claim.verdict, word, total)
        for area, text in ((self.statement, view.claim.statement), (self.note, view.claim.note)):
            if fresh:
                area.set_text(text)
            else:
                area.refresh(text)
        self.type.setCurrentIndex(self.type.findData(str(view.claim.type)))
        self.tag_edit.set_known(tags.values())
        self.tag_edit.set_tags(words.tag_names(view, tags))
        self.verdict.set_scale(scale)
        self.verdict.set_value(view.claim.verdict)
        self._verdict_word.setText(word)
        self._color_verdict_word(self._themes.theme)
        self.confidence.set_value(view.claim.confidence)
        self.confidence.set_history(history)
        self.evidence.set_items(view.evidence)
        self._evidence_count.setText(str(len(view.evidence)) if view.evidence else "")
        self._no_evidence.setVisible(not view.evidence)

    def flush(self) -> None:
        """Tell everything that waits for a pause, now."""
        if self._view is None:
            return
        self.statement.commit()
        self.note.commit()
        self.confidence.flush()

    def clear(self) -> None:
        """Forget the claim, after telling what was typed."""
        self.flush()
        self._view = None

    def has_unsaved_typing(self) -> bool:
        """Whether a field holds something that was not told yet."""
        return self.statement.is_dirty() or self.note.is_dirty() or self.confidence.is_pending()

    def focus_statement(self) -> None:
        """Put the caret to the end of the first field."""
        self.statement.moveCursor(QTextCursor.MoveOperation.End)
        self.statement.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_note(self) -> None:
        """Put the caret into the note."""
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_tags(self) -> None:
        """Open the field for another tag."""
        self.tag_edit.open_field()

    def set_header_visible(self, visible: bool) -> None:
        """The narrow panel names the claim in its own header instead."""
        self.header.setVisible(visible)
        self._top.setVisible(not visible)

    def set_read_only(self, read_only: bool) -> None:
        """Show without the means to change."""
        self.statement.setReadOnly(read_only)
        self.note.setReadOnly(read_only)
        self.tag_edit.set_read_only(read_only)
        self.evidence.set_read_only(read_only)
        self.header.set_read_only(read_only)
        for part in (self.type, self.verdict, self.confidence.slider, self.confidence.spin):
            part.setEnabled(not read_only)
        self.link_button.setVisible(not read_only)
        self._link_key.setVisible(not read_only)

    def _add_statement(self, column: QVBoxLayout, page: QWidget) -> None:
        title = self.tr("Claim in your own words")
        self.statement = TextArea(title, parent=page)
        self.statement.setObjectName("claim_statement")
        column.addWidget(label(title, role="caption", tone="secondary", parent=page))
        column.addSpacing(4)
        column.addWidget(self.statement)
        column.addSpacing(_GROUP_GAP)

    def _add_type_and_tags(self, column: QVBoxLayout, page: QWidget) -> None:
        self.type = QComboBox(page)
        self.type.setObjectName("claim_type")
        self.type.setAccessibleName(self.tr("Type"))
        self.type.setFixedWidth(118)
        for kind in ClaimType:
            self.type.addItem(words.type_label(kind), str(kind))
        self.type.view().setMinimumWidth(150)
        self.type.view().setAccessibleName(self.tr("Type"))
        self.type.installEventFilter(CalmWheel(self.type))
        self.tag_edit = TagEdit(self._themes, page)
        self.tag_edit.setObjectName("tag_edit")
        row = QHBoxLayout()
        row.setSpacing(12)
        for caption, field, share in ((self.tr("Type"), self.type, 0), (self.tr("Tags"), self.tag_edit, 1)):
            part = QVBoxLayout()
            part.setSpacing(4)
            part.addWidget(label(caption, role="caption", tone="secondary", parent=page))
            part.addWidget(field)
            part.addStretch(1)
            row.addLayout(part, share)
        column.addLayout(row)
        column.addSpacing(_GROUP_GAP)

    def _add_verdict(self, column: QVBoxLayout, page: QWidget) -> None:
        self.verdict = VerdictSegment(self._themes, parent=page)
        self.verdict.setObjectName("verdict")
        self._verdict_word = label("", role="captionStrong", parent=page)
        self._verdict_word.setVisible(False)
        self._verdict_row = QHBoxLayout()
        self._verdict_row.setSpacing(6)
        self._verdict_row.addWidget(label(self.tr("Verdict"), role="caption", tone="secondary", parent=page))
        self._verdict_row.addWidget(self._verdict_word)
        self._verdict_row.addStretch(0)
        self._verdict_row.addWidget(KeyCap("V", page))
        self._verdict_row.addStretch(1)
        column.addLayout(self._verdict_row)
        column.addSpacing(4)
        column.addWidget(self.verdict)
        column.addSpacing(_GROUP_GAP)

    def _add_confidence(self, column: QVBoxLayout, page: QWidget) -> None:
        self.confidence = ConfidenceEdit(self._themes, page)
        self.confidence.setObjectName("confidence")
        column.addWidget(
            label(self.tr("Confidence in this verdict"), role="caption", tone="secondary", parent=page)
        )
        column.addSpacing(2)
        column.addWidget(self.confidence)
        column.addSpacing(4)

    def _add_evidence(self, column: QVBoxLayout, page: QWidget) -> None:
        self.evidence = EvidenceList(self._themes, page)
        self._evidence_count = label("", role="caption", tone="muted", parent=page)
        self.link_button = QPushButton(self.tr("Link source"), page)
        self.link_button.setObjectName("link_source_button")
        self.link_button.setProperty("kind", "link")
        self.link_button.setProperty("compact", True)
        self.link_button.setAccessibleName(self.tr("Link source"))
        self.link_button.setToolTip(self.tr("Link source (L)"))
        self.evidence.tab_after = self.link_button
        self._link_key = KeyCap("L", page)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(label(self.tr("Evidence"), role="caption", tone="secondary", parent=page))
        row.addWidget(self._evidence_count)
        row.addStretch(1)
        link = QHBoxLayout()
        link.setSpacing(0)  # the button has room of its own beside its words
        link.addWidget(self.link_button)
        link.addWidget(self._link_key)
        row.addLayout(link)
        row.addSpacing(9)
        column.addLayout(row)
        column.addSpacing(1)
        column.addWidget(self.evidence)
        told = self.tr("No source yet. Press L to link one.")
        self._no_evidence = label(told, tone="muted", parent=page)
        column.addWidget(self._no_evidence)
        column.addSpacing(_GROUP_GAP + 2)

    def _add_note(self, column: QVBoxLayout, page: QWidget) -> None:
        self.note = TextArea(self.tr("Note"), parent=page)
        self.note.setObjectName("claim_note")
        column.addWidget(label(self.tr("Note"), role="caption", tone="secondary", parent=page))
        column.addSpacing(4)
        column.addWidget(self.note)

    def _connect_parts(self) -> None:
        self.statement.committed.connect(self.statement_changed)
        self.note.committed.connect(self.note_changed)
        self.type.activated.connect(lambda row: self.type_changed.emit(self.type.itemData(row)))
        self.tag_edit.tags_changed.connect(self.tags_changed)
        self.verdict.verdict_chosen.connect(self.verdict_changed)
        self.verdict.icons_only_changed.connect(self._on_icons_only_changed)
        self.confidence.confidence_changed.connect(self.confidence_changed)
        self.confidence.history_requested.connect(self.history_requested)
        self.link_button.clicked.connect(self.link_requested)
        self.evidence.evidence_opened.connect(self.evidence_opened)
        self.evidence.evidence_edit_requested.connect(self.evidence_edit_requested)
        self.evidence.evidence_delete_requested.connect(self.evidence_delete_requested)
        self.header.previous_requested.connect(self.previous_requested)
        self.header.next_requested.connect(self.next_requested)
        self.header.link_requested.connect(self.link_requested)
        self.header.history_requested.connect(self.history_requested)
        self.header.delete_requested.connect(self.delete_requested)
        for area in (self.statement, self.note):
            area.escape_pressed.connect(self._on_escape)

    def _add_shortcuts(self) -> None:
        for keys, slot in (
            ("Alt+Up", self.previous_requested.emit),
            ("Alt+Down", self.next_requested.emit),
            ("Ctrl+Return", self._on_done),
            ("Ctrl+Enter", self._on_done),
            ("Ctrl+Shift+Return", self._on_done_next),
            ("Ctrl+Shift+Enter", self._on_done_next),
        ):
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, context=context).activated.connect(slot)

    def _on_done(self) -> None:
        self.flush()
        self.done_requested.emit()

    def _on_done_next(self) -> None:
        self.flush()
        self.next_open_requested.emit()

    def _on_escape(self) -> None:
        self.flush()
        self.escape_pressed.emit()

    def _on_icons_only_changed(self, icons_only: bool) -> None:
        self._verdict_word.setVisible(icons_only)
        self._verdict_row.setStretch(2, 1 if icons_only else 0)
        self._verdict_row.setStretch(4, 0 if icons_only else 1)

    def _restyle(self, theme: Theme) -> None:
        self.link_button.setIcon(icons.icon_before_text("link", theme.color("accent").rgba(), 14))
        self.link_button.setIconSize(icons.icon_before_text_size(14))
        self._color_verdict_word(theme)

    def _color_verdict_word(self, theme: Theme) -> None:
        style = theme.verdict(self.verdict.value())
        palette = self._verdict_word.palette()
        palette.setColor(palette.ColorRole.WindowText, style.color)
        self._verdict_word.setPalette(palette)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.verticalScrollBar() and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            # The scroll bar stands in the margin, so that no field changes its width when it comes and goes.
            bar = self.verticalScrollBar().sizeHint().width() if event.type() == QEvent.Type.Show else 0
            self._column.setContentsMargins(_EDGE, 0, _EDGE - bar, _EDGE)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(412, 560)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 160)
