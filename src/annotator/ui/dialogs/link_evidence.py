"""The dialog that links a passage of a source to a claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.article import Block
from annotator.domain.evidence import Evidence, Stance
from annotator.domain.source import Source
from annotator.errors import UserError
from annotator.ui.dialogs.card_button import CardButton, CardLook, KeyButton
from annotator.ui.dialogs.quote_pane import QuotePane
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.dialogs.source_pane import SourcePane, step_caption
from annotator.ui.dialogs.values import EvidenceInput
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets.buttons import ButtonRow
from annotator.ui.widgets.labels import IconLabel, label
from annotator.ui.widgets.messages import MessageBar

TextOf = Callable[[str], "tuple[str, Sequence[Block]] | None"]

_SIZE = QSize(1060, 712)
_SOURCES_WIDE = 300


class LinkEvidenceDialog(Sheet):
    """Source, quote, stance. `link_requested` carries an `EvidenceInput`.

    The caller answers with `accept()` once it is stored, or with `show_error`: until then what was typed stays.
    """

    link_requested = Signal(object)

    def __init__(
        self,
        themes: ThemeManager,
        *,
        claim_number: int,
        claim_text: str,
        sources: Sequence[Source],
        text_of: TextOf,
        last_source_id: str = "",
        evidence: Evidence | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, "", _SIZE, parent)
        self.setObjectName("link_evidence_dialog")
        self._text_of = text_of
        self._shown_source = ""
        self._stance = ""
        self._asked: EvidenceInput | None = None
        self._edits = evidence is not None
        self.setWindowTitle(self.tr("Edit evidence") if self._edits else self.tr("Link evidence"))
        self.title_label.setText(self.windowTitle())
        said = self.tr("to claim {number} · {claim}").format(number=claim_number, claim=claim_text)
        self.subtitle_label.setText(said)
        self.subtitle_label.setToolTip(claim_text)
        self.messages = MessageBar(themes, self)
        self.body.addWidget(self.messages)
        self._make_body(sources)
        self._make_footer()
        self._make_shortcuts()
        self.sources.chosen.connect(self._on_source_chosen)
        self.sources.next_requested.connect(self.quotes.start)
        self.quotes.quote_field.done_requested.connect(self.confirm)
        self.quotes.quote_field.escape_pressed.connect(self.reject)
        if evidence is not None:
            self._fill(evidence)
        elif last_source_id:
            self.sources.choose(last_source_id)
        self._on_source_chosen()
        if evidence is not None:
            self.quotes.set_quote(evidence.quote)
        self._set_tab_order()
        (self.quotes.start if self._edits else self.sources.search.setFocus)()

    def value(self) -> EvidenceInput | None:
        """What the dialog says now; None while a source or the stance is missing."""
        source, new = self.sources.source(), self.sources.new_source()
        if (source is None and new is None) or not self._stance:
            return None
        return EvidenceInput(
            source_id=source.id if source is not None else None,
            new_source=new,
            stance=Stance(self._stance),
            quote=self.quotes.quote(),
            locator=self.locator_field.text().strip(),
            note=self.note_field.text().strip(),
            strength=int(self.strength_field.currentData()),
            span=self.quotes.span(),
        )

    def problem(self) -> str:
        """Why nothing can be linked yet, "" when it can."""
        if self.sources.is_new and self.sources.new_source() is None:
            return self.sources.form.problem()
        if not self.sources.is_new and self.sources.source() is None:
            return self.tr("Choose a source first")
        return "" if self._stance else self.tr("Say first what the passage does to the claim: Alt+1, 2 or 3")

    def set_stance(self, stance: str) -> None:
        """Choose what the passage does to the claim."""
        self._stance = stance
        for key, button in self._stances.items():
            button.setChecked(key == stance)
        self.quotes.set_stance(stance)
        self._check()

    def show_error(self, error: UserError) -> None:
        """Say that it could not be stored; everything typed stays."""
        self._asked = None
        self.messages.show_error(error)
        self._check()

    def confirm(self) -> None:
        """Ask for the link, or say what is missing."""
        value = self.value()
        if value is None:
            self._hint.setText(self.problem())
            return
        if value == self._asked:  # pressed twice while the first answer is on its way
            return
        self._asked = value
        self.messages.clear()
        self.link_requested.emit(value)

    def _fill(self, evidence: Evidence) -> None:
        self.sources.choose(evidence.source_id)
        self.locator_field.setText(evidence.locator)
        self.note_field.setText(evidence.note)
        self.strength_field.setCurrentIndex(evidence.strength)
        self.set_stance(str(evidence.stance))

    def _make_body(self, sources: Sequence[Source]) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        self.sources = SourcePane(self.themes, sources, self)
        self.sources.setFixedWidth(_SOURCES_WIDE)
        row.addWidget(self.sources)
        right = QVBoxLayout()
        right.setSpacing(0)
        self.quotes = QuotePane(self.themes, self)
        right.addWidget(self.quotes, 1)
        lower = QVBoxLayout()
        lower.setContentsMargins(16, 10, 16, 12)
        lower.setSpacing(0)
        lower.addLayout(step_caption("3", self.tr("Stance: what does this passage do to the claim?"), self))
        lower.addSpacing(6)
        lower.addWidget(self._make_stances())
        lower.addSpacing(10)
        lower.addLayout(self._make_details())
        right.addLayout(lower)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    def _make_stances(self) -> QWidget:
        row = ButtonRow(self)
        row.setObjectName("evidence_stance")
        row.setAccessibleName(self.tr("Stance"))
        if (line := row.layout()) is not None:
            line.setSpacing(8)
        self._stances: dict[str, CardButton] = {}
        for stance in Stance:
            style = self.themes.theme.stance(stance)
            look = CardLook(
                title_ink="textSecondary",
                ink_on=str(stance),
                fill_on=f"{stance}Soft",
                tint_text=True,
                title_weight=QFont.Weight.Medium,
            )
            button = CardButton(
                self.themes, style.label, icon=style.icon, key=style.key, look=look, parent=row
            )
            button.setObjectName(f"stance_{stance}")
            button.setCheckable(True)
            button.setToolTip(f"{style.label} (Alt+{style.key})")
            button.clicked.connect(partial(self.set_stance, str(stance)))
            row.add_button(button)
            self._stances[str(stance)] = button
        return row

    def _make_details(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.locator_field = QLineEdit(self)
        self.locator_field.setObjectName("evidence_locator")
        self.locator_field.setPlaceholderText(self.tr("p. 14, § 4.2"))
        self.locator_field.setFixedWidth(130)
        self.note_field = QLineEdit(self)
        self.note_field.setObjectName("evidence_note")
        self.strength_field = QComboBox(self)
        self.strength_field.setObjectName("evidence_strength")
        self.strength_field.setFixedWidth(124)
        self.strength_field.view().setAccessibleName(self.tr("Strength"))
        words = (
            self.tr("Not given"),
            self.tr("Weak"),
            self.tr("Moderate"),
            self.tr("Strong"),
            self.tr("Decisive"),
        )
        for strength, word in enumerate(words):
            self.strength_field.addItem(word, strength)
        optional = self.tr("optional")
        for name, hint, field, stretch in (
            (self.tr("Where"), "", self.locator_field, 0),
            (self.tr("Why it matters"), optional, self.note_field, 1),
            (self.tr("Strength"), optional, self.strength_field, 0),
        ):
            column = QVBoxLayout()
            column.setSpacing(4)
            head = QHBoxLayout()
            head.setSpacing(6)
            caption = label(name, role="caption", tone="secondary", parent=self)
            caption.setBuddy(field)
            head.addWidget(caption)
            head.addWidget(label(hint, role="caption", tone="muted", parent=self), 1)
            column.addLayout(head)
            column.addWidget(field)
            field.setAccessibleName(f"{name}, {hint}" if hint else name)
            row.addLayout(column, stretch)
        return row

    def _make_footer(self) -> None:
        self.footer.addWidget(
            IconLabel(self.themes, "message-square-quote", "textSecondary", size=14, parent=self)
        )
        self._hint = label("", role="caption", tone="secondary", parent=self)
        self._hint.setObjectName("evidence_hint")
        self._hint.setWordWrap(True)
        self.footer.addWidget(self._hint, 1)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.setObjectName("evidence_cancel")
        cancel.setAccessibleName(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.footer.addWidget(cancel)
        text = self.tr("Save") if self._edits else self.tr("Link evidence")
        self.link_button = KeyButton(self.themes, text, icon="link", key="Ctrl ↵", primary=True, parent=self)
        self.link_button.setObjectName("evidence_link")
        self.link_button.clicked.connect(self.confirm)
        self.footer.addWidget(self.link_button)

    def _make_shortcuts(self) -> None:
        for stance in Stance:
            key = self.themes.theme.stance(stance).key
            shortcut = QShortcut(QKeySequence(f"Alt+{key}"), self)
            shortcut.activated.connect(partial(self.set_stance, str(stance)))
        new = QShortcut(QKeySequence("Ctrl+N"), self)
        new.activated.connect(self.sources.show_form)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.quotes.start)

    def _set_tab_order(self) -> None:
        chain: list[QWidget] = [
            self.sources.search,
            self.sources.list,
            self.quotes.find_field,
            self.quotes.text_view,
            self.quotes.quote_field,
            *self._stances.values(),
            self.locator_field,
            self.note_field,
            self.strength_field,
        ]
        for before, after in pairwise(chain):
            self.setTabOrder(before, after)

    def _on_source_chosen(self) -> None:
        source = self.sources.source()
        wanted = source.id if source is not None else ""
        if wanted != self._shown_source:
            self._shown_source = wanted
            self.quotes.show_text(self._text_of(wanted) if wanted else None)
            self.quotes.set_stance(self._stance)
        self._check()

    def _check(self) -> None:
        problem = self.problem()
        self.link_button.setEnabled(not problem)
        self.link_button.setToolTip(problem)
        kept = self.tr("The quote is copied into your library, so it stays readable if the source changes.")
        self._hint.setText(kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        fields = (QLineEdit, QPlainTextEdit)
        stances = {self.themes.theme.stance(stance).key: str(stance) for stance in Stance}
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.text() in stances and not isinstance(self.focusWidget(), fields):
            self.set_stance(stances[event.text()])
        elif (
            event.key() == Qt.Key.Key_Escape
            and self.sources.is_new
            and self.sources.isAncestorOf(self.focusWidget())
        ):
            self.sources.show_list()
        else:
            super().keyPressEvent(event)
