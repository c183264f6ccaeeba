"""What is made of passages of the second text: evidence for the claim that is active in the first, and highlights."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from annotator.domain.evidence import Stance
from annotator.domain.ids import AnnotationId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import ClaimView
from annotator.services import annotations as marks
from annotator.services import passages
from annotator.services.passages import LinkedPassage
from annotator.ui import icons
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.reading import ReadingController
from annotator.ui.controllers.second_article import SecondArticle
from annotator.ui.main_window import MainWindow
from annotator.ui.reader.evidence_bar import STANCE_KEYS
from annotator.ui.reader.split import SecondPane


class SecondMarks(QObject):
    """Turns the wishes of the second pane into edits. What needs the side panel is done when the texts are swapped."""

    hinted = Signal(str)  # why a key did nothing
    said = Signal(str)  # what was done, in words; it can be undone

    def __init__(
        self,
        bridge: LibraryBridge,
        window: MainWindow,
        reading: ReadingController,
        shown: SecondArticle,
        pane: SecondPane,
    ) -> None:
        super().__init__(pane)
        self._bridge, self._window, self._reading = bridge, window, reading
        self._shown, self._pane, self._view = shown, pane, pane.view
        self._connect_keys()
        bar = pane.evidence_bar
        bar.supports_requested.connect(lambda _span: self.link(Stance.SUPPORTS))
        bar.refutes_requested.connect(lambda _span: self.link(Stance.REFUTES))
        bar.context_requested.connect(lambda _span: self.link(Stance.CONTEXT))
        reading.work_shown.connect(self._show_claim)
        window.reader.view.active_changed.connect(self._show_claim)
        self._show_claim()

    def _connect_keys(self) -> None:
        view = self._view
        for stance in STANCE_KEYS:
            view.handle(stance.value, partial(self.link, stance))
        view.handle("menu", lambda: self._open_menu(view.caret_box().bottomLeft().toPoint()))
        view.customContextMenuRequested.connect(lambda point: self._open_menu(point + view.viewport().pos()))
        view.highlight_requested.connect(self._highlight)
        view.tag_requested.connect(self._highlight)
        view.delete_requested.connect(self._delete_mark)
        for wish in (
            view.claim_requested, view.note_requested, view.link_requested, view.tag_picker_requested,
            view.verdict_requested, view.confidence_step_requested, view.edit_requested, view.move_refused,
            view.passage_added,
        ):  # fmt: skip
            wish.connect(self._hint_swap)

    def link(self, stance: Stance) -> None:
        """Link the selected passage to the claim that is active in the first text."""
        text, claim, span = self._shown.text, self._reading.active_claim(), self._view.selected_span()
        if text is None or self._bridge.read_only:
            return
        if claim is None:
            self.hinted.emit(self._words_for(None))
        elif span is None:
            self._hint_selection()
        else:
            self._window.panel.flush()
            use_case = partial(
                passages.link_passage, claim_id=claim.claim.id, text_id=text.id, span=span, stance=stance
            )
            self._bridge.execute(
                use_case,
                label=self.tr("Link evidence"),
                done=partial(self._on_linked, claim.number),
                initiator="reader",
            )

    def _on_linked(self, number: int, linked: LinkedPassage) -> None:
        self._on_marked()
        words = {
            Stance.SUPPORTS: self.tr("Claim {number}: a passage of “{title}” supports it"),
            Stance.REFUTES: self.tr("Claim {number}: a passage of “{title}” refutes it"),
            Stance.CONTEXT: self.tr("Claim {number}: a passage of “{title}” is its context"),
        }[linked.evidence.stance]
        self.said.emit(words.format(number=number, title=linked.source.title))

    def _highlight(self, span: TextSpan | None, digit: str = "") -> None:
        """Mark the selected passage, or give the active mark another tag."""
        text, row = self._shown.text, self._shown.active_row()
        if text is None or self._bridge.read_only:
            return
        tag = next((tag for tag in self._shown.tags if tag.key == digit), None)
        chosen = (tag.id,) if tag is not None else ()
        if span is not None and (tag is not None or not digit):
            use_case: Any = partial(marks.add_highlight, text_id=text.id, span=span, tags=chosen)
            label = self.tr("Highlight")
        elif row is not None and row.claim_id is None and digit:
            use_case = partial(marks.set_tags, annotation_id=row.annotation_id, tags=chosen)
            label = self.tr("Tag {name}").format(name=tag.name) if tag else self.tr("Clear tag")
        elif row is not None:
            self._hint_swap()
            return
        else:
            self._hint_selection()
            return
        self._bridge.execute(use_case, label=label, done=lambda _: self._on_marked(), initiator="reader")

    def _on_marked(self) -> None:
        self._view.clear_selection()
        self._pane.selection_bar.hide()

    def _delete_mark(self) -> None:
        row = self._shown.active_row()
        if row is None or self._bridge.read_only:
            return
        if row.claim_id is not None:
            self._hint_swap()
            return
        use_case = partial(marks.delete_annotation, annotation_id=AnnotationId(row.annotation_id))
        said = self.tr("Mark deleted")
        self._bridge.execute(use_case, label=self.tr("Delete mark"), done=lambda _: self.said.emit(said))

    def _open_menu(self, point: QPoint) -> None:
        """What can be done with the selection, and with the pane."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._view.mapToGlobal(point))

    def menu(self) -> QMenu:
        """The menu in the text."""
        menu, theme = QMenu(self._view), self._window.themes.theme
        if self._view.selected_span() is not None and not self._bridge.read_only:
            menu.addSection(self._words_for(self._reading.active_claim())[:60])
            for stance, key in STANCE_KEYS.items():
                style = theme.stance(stance)
                action = menu.addAction(icons.icon(style.icon, style.color), f"{style.label}\t{key}")
                action.setEnabled(self._reading.active_claim() is not None)
                action.triggered.connect(partial(self.link, stance))
            highlight = menu.addAction(
                icons.icon("highlighter", theme.color("textSecondary")), self.tr("Highlight\tH")
            )
            highlight.triggered.connect(lambda: self._highlight(self._view.selected_span()))
            copy = menu.addAction(icons.icon("copy", theme.color("textSecondary")), self.tr("Copy\tCtrl+C"))
            copy.triggered.connect(self._view.copy)
            menu.addSeparator()
        menu.addActions([self._window.commands[name] for name in ("show_beside", "swap_texts", "split")])
        return menu

    def _show_claim(self, *_: object) -> None:
        self._pane.evidence_bar.set_claim(self._words_for(self._reading.active_claim()))

    def _words_for(self, claim: ClaimView | None) -> str:
        if claim is None:
            return self.tr("Put the caret on a claim in the first text to link a passage to it")
        return self.tr("to claim {number} · {claim}").format(number=claim.number, claim=claim.claim.statement)

    def _hint_swap(self, *_wish: object) -> None:
        self.hinted.emit(self.tr("Swap the texts to work on this one: Ctrl+F8"))

    def _hint_selection(self) -> None:
        self.hinted.emit(self.tr("Select text first: E selects the sentence"))
