"""The menus in the text: on a right click, on Shift+F10, in the selection bar, and on Enter where several marks lie."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF
from PySide6.QtGui import QAction

from annotator.domain.ids import AnnotationId
from annotator.domain.rating import DEFAULT_SCALE
from annotator.domain.views import ClaimView, SpanRow
from annotator.ui import icons
from annotator.ui.controllers.marking import MarkingController
from annotator.ui.controllers.reading import ReadingController
from annotator.ui.main_window import MainWindow
from annotator.ui.reader.context_menu import Here, ReaderMenu

_MOST = 60  # characters of a claim in a menu


class TextMenus(QObject):
    """Shows what can be done at a place of the text; in a library for reading only, nothing that would change it."""

    def __init__(self, window: MainWindow, reading: ReadingController, marking: MarkingController) -> None:
        super().__init__(window)
        self._window, self._reading, self._marking = window, reading, marking
        self._view, self._bar = window.reader.view, window.reader.selection_bar
        self._view.handle("menu", self.open_at_caret)
        self._view.customContextMenuRequested.connect(self._on_requested)
        self._bar.more_requested.connect(self._open_for_selection)
        marking.choice_wanted.connect(self._open_choice)

    def open_at_caret(self) -> None:
        """The menu of the selection, or of what lies at the caret."""
        view = self._view
        place = view.mapToGlobal(view.caret_box().bottomLeft().toPoint())
        if view.selected_span() is not None:
            self._open_for_selection(place)
        else:
            self._open_for_rows(view.page.index.at(view.caret_offset()), place)

    def _on_requested(self, point: QPoint) -> None:
        """A right click: on what is selected, else on the mark there, which becomes active, else on the text."""
        view = self._view
        place, span = view.viewport().mapToGlobal(point), view.selected_span()
        in_view = QPointF(point + view.viewport().pos())
        if span is not None and any(box.contains(in_view) for box in view.boxes_on_screen(span)):
            self._open_for_selection(place)
            return
        view.place_caret_quietly(view.offset_at(point))
        self._open_for_rows(view.rows_at(QPointF(point)), place)

    def _open_for_rows(self, rows: list[SpanRow], place: QPoint) -> None:
        if rows and all(row.annotation_id != self._view.active for row in rows):
            self._reading.activate(rows[0].annotation_id)
        here, menu = self._here(), ReaderMenu(self._view)
        if rows and here.name:
            self._fill_for_mark(menu, here, rows)
        menu.add_selecting(selected=False)
        menu.add(self.tr("Find in this article"), "find", "search")
        menu.popup(place)

    def _fill_for_mark(self, menu: ReaderMenu, here: Here, rows: list[SpanRow]) -> None:
        if here.may_change:
            menu.add_changing(here)
        else:
            menu.add(self.tr("Show {name}").format(name=here.name), "edit", "eye")
        ids = list(dict.fromkeys(row.annotation_id for row in rows))
        if len(ids) > 1:
            menu.add_act(self.tr("What lies here…"), partial(self._open_choice, ids))
        if here.is_claim:
            history = self._window.commands["claim_history"]
            menu.add_act(history.text(), history.trigger)
        if here.may_change:
            menu.add_delete(here)
        menu.addSeparator()

    def _open_for_selection(self, place: QPoint) -> None:
        here, menu = self._here(), ReaderMenu(self._view)
        if here.may_change:
            menu.add_making(here)
            menu.addSeparator()
        menu.add_selecting(selected=True)
        if here.may_change:
            menu.addSeparator()
            modes = [
                ("always", self.tr("Always")),
                ("mouse", self.tr("After selecting with the mouse")),
                ("never", self.tr("Never")),
            ]
            menu.add_choice(self.tr("Show the bar"), modes, self._bar.mode, self._set_mode)
        menu.popup(place)

    def _set_mode(self, mode: str) -> None:
        self._window.settings.set("selection_bar", mode)
        self._bar.mode = mode
        if mode == "never":
            self._bar.hide()

    def _here(self) -> Here:
        row, work = self._reading.active_row(), self._reading.work
        return Here(
            name=self._reading.name_of(row.annotation_id, within=True) if row is not None else "",
            is_claim=row is not None and row.claim_id is not None,
            passages=len(self._view.page.index.rows_of(row.annotation_id)) if row is not None else 0,
            tags=self._reading.tags,
            scale=work.scale if work is not None else DEFAULT_SCALE,
            may_change=not self._window.bridge.read_only,
        )

    # Which of several ------------------------------------------------------------------------------------------

    def _open_choice(self, ids: list[AnnotationId]) -> None:
        """A list of the marks at one place; the one that is chosen is opened for editing."""
        menu = ReaderMenu(self._view)
        menu.setObjectName("marks_here")
        menu.setAccessibleName(self.tr("Marks at this place"))
        at: QAction | None = None
        for id in ids:
            action = menu.add_act(self._words(id), partial(self._choose, id))
            view = self._claim(id)
            if view is not None:
                style = self._view.theme.verdict(view.claim.verdict)
                action.setIcon(icons.icon(style.icon, style.color))
            at = action if id == self._view.active or at is None else at
        if at is not None:
            menu.setActiveAction(at)
        menu.popup(self._view.mapToGlobal(self._view.caret_box().bottomLeft().toPoint()))
        if at is not None:
            menu.setActiveAction(at)

    def _choose(self, id: AnnotationId) -> None:
        self._reading.activate(id)
        self._marking.edit_active()

    def _words(self, id: AnnotationId) -> str:
        view, name = self._claim(id), self._reading.name_of(id)
        if view is None:
            rows = self._view.page.index.rows_of(id)
            quote = " ".join(self._view.article.text[rows[0].start : rows[0].end].split()) if rows else ""
            return _escaped(f"{name}: {_short(quote)}")
        work = self._reading.work
        steps = work.scale.steps if work is not None else DEFAULT_SCALE.steps
        verdict = next((step.short for step in steps if step.key == view.claim.verdict), "")
        words = _escaped(f"{view.number}  {_short(view.claim.statement)}")
        return f"{words}\t{verdict}" if verdict else words

    def _claim(self, id: AnnotationId) -> ClaimView | None:
        rows = self._view.page.index.rows_of(id)
        return self._reading.claim_view(rows[0].claim_id) if rows else None


def _short(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def _escaped(text: str) -> str:
    """Without mnemonics."""
    return text.replace("&", "&&")
