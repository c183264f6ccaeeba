"""Puts the controllers together and connects them with the window: the one place where its areas are wired."""

from __future__ import annotations

import webbrowser
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog

from annotator import __version__
from annotator.domain.article import Article, ArticleStatus, Attachment
from annotator.domain.changes import ChangeSet, Edit, Origin
from annotator.domain.evidence import Stance
from annotator.domain.ids import ArticleId
from annotator.domain.sentences import prepare
from annotator.domain.views import ArticleSummary
from annotator.errors import DamagedFile, EditConflict, UserError
from annotator.services import articles, importing
from annotator.services.articles import Metadata
from annotator.services.exporting import write_file
from annotator.ui.controllers.announcing import AnnouncingController
from annotator.ui.controllers.backups import BackupsController
from annotator.ui.controllers.bin import BinController
from annotator.ui.controllers.checking import CheckController
from annotator.ui.controllers.claims import ClaimsController
from annotator.ui.controllers.conflicts import ConflictController
from annotator.ui.controllers.evidence import EvidenceController
from annotator.ui.controllers.export import ExportController
from annotator.ui.controllers.finding import FindController
from annotator.ui.controllers.form_draft import FormDraft
from annotator.ui.controllers.history import HistoryController
from annotator.ui.controllers.importing import ImportController
from annotator.ui.controllers.in_step import InStep
from annotator.ui.controllers.keeping import KeepingController
from annotator.ui.controllers.library import LibraryController
from annotator.ui.controllers.list_keys import ListKeys
from annotator.ui.controllers.mark_passages import MarkPassages
from annotator.ui.controllers.marking import MarkingController
from annotator.ui.controllers.opening import OpeningController
from annotator.ui.controllers.placing import Placing
from annotator.ui.controllers.reading import ReadingController
from annotator.ui.controllers.recovery import RecoveryController
from annotator.ui.controllers.second_pane import SecondPaneController
from annotator.ui.controllers.selection_words import SelectionWords
from annotator.ui.controllers.sources import SourcesController
from annotator.ui.controllers.text_menus import TextMenus
from annotator.ui.controllers.travelling import TravellingController
from annotator.ui.dialogs.article_details import ArticleDetailsDialog, ArticleInput
from annotator.ui.dialogs.keys import KeysDialog
from annotator.ui.incoming import incoming
from annotator.ui.main_window import MainWindow
from annotator.ui.palette import CommandPalette
from annotator.ui.reader.keys import sheet_of_keys, stored_keys

if TYPE_CHECKING:
    from annotator.ui.controllers.printing import PrintingController


class Workbench(QObject):
    """What makes the window work once the library is loaded."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window, self.bridge, self.themes = window, window.bridge, window.themes
        self._files: list[Path] = []
        self._used: list[str] = []
        self._opened = False
        self._printing: PrintingController | None = None
        self.palette = CommandPalette(self.themes, window)
        self.palette.article_activated.connect(self._open_article)
        self.palette.item_used.connect(self._remember_used)
        self.library = LibraryController(self.bridge, window.library, self)
        self.reading = ReadingController(self.bridge, window.reader, window.panel, self)
        self.marking = MarkingController(self.bridge, self.reading, window.reader, window.panel, self)
        self.passages = MarkPassages(self.bridge, self.reading, window.reader)
        self.menus = TextMenus(window, self.reading, self.marking)
        self.list_keys = ListKeys(window.reader, window.panel.claim_list)
        self.selection_words = SelectionWords(window)
        self.in_step = InStep(self.reading, window.reader, window.panel, self.themes)
        self.placing = Placing(self.bridge, self.reading, window.reader, window.panel)
        self.beside = SecondPaneController(self.bridge, window, self.reading, self)
        self.travelling = TravellingController(self.reading, window.reader, self)
        self.finding = FindController(self.reading, window.reader, self)
        self.announcing = AnnouncingController(self.bridge, self.reading, window.reader, window.status)
        self.conflicts = ConflictController(self.bridge, self.themes, window)
        self.evidence = EvidenceController(self.bridge, self.themes, window, self.conflicts)
        self.export = ExportController(self.bridge, self.themes, window)
        self.claims = ClaimsController(self.bridge, window.claims, self)
        self.sources = SourcesController(self.bridge, window.sources, window, self.conflicts)
        self.keeping = KeepingController(self.bridge, window, self.conflicts)
        self.importing = ImportController(
            self.bridge, self.themes, window, stop_reading=importing.stop_reading
        )
        self.opening = OpeningController(self.bridge, window, self)
        self.history = HistoryController(self.bridge, self.themes, window)
        self.bin = BinController(self.bridge, self.themes, window)
        self.backups = BackupsController(self.bridge, self.themes, window)
        self.checking = CheckController(self.bridge, self.themes, window)
        self.recovery = RecoveryController(self.bridge, self.themes, window)
        self._connect_actions()
        self._connect_areas()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_application_state)

    def start(self, files: list[Path]) -> None:
        """Open the library, then what was asked for or read last."""
        self._files = files
        self.bridge.read_files(prepare, lambda _: None)
        self.opening.open()

    def _connect_actions(self) -> None:
        self.window.commands.connect(
            {
                "open": self._ask_for_articles,
                "open_preview": partial(self._ask_for_articles, preview=True),
                "paste": self._paste,
                "sample": self.library.open_sample,
                "library": self._open_other_library,
                "backups": self.backups.show,
                "check": self.checking.show,
                "history": self.history.show_library,
                "claim_history": self._show_claim_history,
                "article_history": self._show_article_history,
                "bin": self.bin.show,
                "export": self._export,
                "print": self._print,
                "close_article": self._close_article,
                "undo": self._undo,
                "redo": self._redo,
                "save": self._save,
                "palette": self._open_palette,
                "read": self._show_reader,
                "claims": self._show_claims,
                "sources": self._show_sources,
                "new_source": self.sources.add,
                "back": partial(self._travel, -1),
                "forward": partial(self._travel, 1),
                "link": self.marking.link_active,
                "delete": self.marking.delete_active,
                "article_done": self._toggle_done,
                "article_details": self._edit_details,
                "save_original": self._save_original,
                "article_delete": self._delete_article,
                "keys": self._show_keys,
                "about": self._show_about,
            }
        )
        names = (
            "article_details", "article_done", "article_history", "export", "print", "save_original", "close_article",
            "article_delete",
        )  # fmt: skip
        self.window.reader.set_actions([self.window.commands[name] for name in names])

    def _connect_areas(self) -> None:
        window, bridge = self.window, self.bridge
        bridge.library_opened.connect(self._on_library_opened)
        bridge.library_changed.connect(self._on_library_changed)
        bridge.undo_changed.connect(self._on_undo_changed)
        bridge.saving.connect(window.status.set_saving)
        bridge.saved.connect(window.status.set_saved)
        bridge.not_saved.connect(lambda _: window.status.set_error(self.tr("Last change not saved")))
        self.marking.hinted.connect(window.status.show_message)
        self.marking.panel_wanted.connect(partial(window.show_panel, True))
        self.passages.hinted.connect(window.status.show_message)
        self.placing.said.connect(window.status.show_message)
        bridge.failed.connect(self._on_failed)
        bridge.replaced.connect(self._on_replaced)
        self._connect_safekeeping()
        window.dropped.connect(self.importing.take)
        window.closing.connect(self.passages.flush)
        window.closing.connect(self.reading.save_position)
        window.closed.connect(self.library.close)
        window.reader.view.address_requested.connect(self._on_address_requested)
        window.reader.inline.address_shown.connect(window.status.show_address)
        window.reader.view.verdict_mode_changed.connect(self._on_verdict_mode)
        window.reader.view.installEventFilter(self)
        self.library.listed.connect(self._on_listed)
        window.library.original_requested.connect(self._save_original_of)
        self.library.open_wanted.connect(self._open_article)
        self.importing.article_wanted.connect(self._open_article)
        self.library.deleted.connect(window.toast.show_toast)
        self.reading.article_opened.connect(self._on_article_opened)
        self.reading.article_closed.connect(self._on_article_closed)
        self.marking.link_wanted.connect(self.evidence.link)
        self.marking.evidence_edit_wanted.connect(self.evidence.edit)
        self.marking.deleted.connect(window.toast.show_toast)
        self.beside.said.connect(window.toast.show_toast)
        self.beside.hinted.connect(window.status.show_message)
        self.beside.address_requested.connect(self._on_address_requested)
        self.beside.address_shown.connect(window.status.show_address)
        self.export.exported.connect(self._on_exported)
        self.claims.claim_wanted.connect(self._open_claim)
        self.sources.claim_wanted.connect(self._open_claim)
        self.sources.deleted.connect(window.toast.show_toast)
        self.sources.said.connect(self._say)
        window.panel.source_opened.connect(self._open_source)
        window.panel.editor.history_requested.connect(self._show_claim_history)

    def _connect_safekeeping(self) -> None:
        """What keeps work from being lost, and brings it back."""
        window = self.window
        self.opening.backed_up.connect(self.bin.purge_old)
        self.opening.ask_for_library.connect(self._open_other_library)
        self.conflicts.put_off.connect(self.keeping.offer_left_over)
        self.keeping.library_wanted.connect(window.another_library_requested)
        self.recovery.library_wanted.connect(window.another_library_requested)
        self.recovery.other_wanted.connect(self._open_other_library)
        self.checking.recovery_wanted.connect(self.recovery.offer_open)
        self.backups.said.connect(self._say)
        for said in (self.conflicts.settled, self.keeping.said, self.bin.said):
            said.connect(window.status.show_message)

    # Library -----------------------------------------------------------------------------------------------

    def _on_library_opened(self) -> None:
        self._opened = True
        self.library.load()
        self.bridge.query(_article_to_begin_with, self._on_last_known)
        if not self.bridge.read_only and not self.opening.shared:
            self.keeping.offer_left_over()

    def _on_replaced(self) -> None:
        """A backup was restored: everything on screen is of the state before."""
        article = self.reading.article
        self.reading.close_article()
        self.library.load()
        if article is not None:
            self.reading.open_article(article.id)
        if self.window.pages.currentWidget() is self.window.claims:
            self.claims.load()
        elif self.window.pages.currentWidget() is self.window.sources:
            self.sources.load()

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        """Back from another program, perhaps from the command line: what it did is shown. On the way to another one,
        what is being typed is stored."""
        if not self._opened:
            return
        if state is Qt.ApplicationState.ApplicationActive:
            self.bridge.look()
        else:
            self.window.panel.flush()

    def _on_last_known(self, article_id: ArticleId | None) -> None:
        if self._files:
            self.importing.open_paths(self._files)
        elif article_id is not None:
            self.reading.open_article(article_id)
        self.window.ready.emit()

    def _on_listed(self, count: int) -> None:
        if not count:
            self.window.status.set_state(self.tr("Library: empty"))
            self.window.status.set_place(self.tr("No article open"))
        if self.window.pages.currentWidget() in (self.window.claims, self.window.sources):
            return
        if count and self.reading.article is None:
            self.window.show_reading(article_open=False)
        elif not count:
            self.window.show_first_run()
            self.window.first_run.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_for_articles(self, *, preview: bool = False) -> None:
        endings = sorted({ending for one in importing.formats() for ending in one.extensions})
        patterns = " ".join(f"*{ending}" for ending in endings)
        files = self.window.ask_for_files(
            self.tr("Open articles"),
            self.tr("Articles ({patterns});;All files (*)").format(patterns=patterns),
        )
        self.importing.open_paths(files, preview=preview)

    def _paste(self) -> None:
        found = incoming(QGuiApplication.clipboard().mimeData())
        if found:
            self.importing.take(found)
        else:
            self._say("info", self.tr("The clipboard holds no text."))

    def _save_original(self) -> None:
        if self.reading.article is not None:
            self._save_original_of(self.reading.article.id)

    def _save_original_of(self, article_id: str) -> None:
        query = partial(articles.original_of, article_id=ArticleId(article_id))
        self.bridge.query(query, self._write_original)

    def _write_original(self, original: Attachment) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self.window, self.tr("Save the original"), original.name, self.tr("All files (*)")
        )
        if path:  # the system has asked already whether a file may be replaced
            self.bridge.read_files(
                lambda: write_file(Path(path), original.content(), overwrite=True), self._on_original_saved
            )

    def _on_original_saved(self, path: Path) -> None:
        self.window.status.show_message(self.tr("Original saved to {path}").format(path=path))

    def _open_other_library(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self.window, self.tr("Open another library"), "", self.tr("Libraries (*.annotator)")
        )
        if path:
            self.window.another_library_requested.emit(path)

    # The open article --------------------------------------------------------------------------------------

    def _on_article_opened(self, article: Article) -> None:
        self.window.show_reading()
        self.window.set_title(article.title)
        self.window.library.set_current(article.id)
        self.window.commands["article_done"].setText(
            self.tr("Mark as open") if article.status is ArticleStatus.DONE else self.tr("Mark as done")
        )
        self.bridge.execute(partial(articles.remember_opened, article_id=article.id), label="")
        self.window.reader.focus_text()

    def _on_article_closed(self) -> None:
        self.window.set_title("")
        self.window.library.set_current("")
        if self.window.library.model.rowCount():
            self.window.show_reading(article_open=False)
        else:
            self.window.show_first_run()

    def _travel(self, step: int) -> None:
        """Go back (-1) or forward (1) in the pane that has the keyboard."""
        if self.beside.travel(step):
            return
        if step < 0:
            self.travelling.back()
        else:
            self.travelling.forward()

    def _open_article(self, article_id: str) -> None:
        self.window.messages.clear()
        self.reading.open_article(article_id)

    def _close_article(self) -> None:
        if self.beside.close_if_current():
            return
        self.window.panel.flush()
        self.reading.save_position()
        self.reading.close_article()

    def _show_reader(self) -> None:
        if self.reading.article is not None or self.window.library.model.rowCount():
            self.window.messages.clear()
            self.window.show_reading(article_open=self.reading.article is not None)
            self.window.reader.focus_text()
        else:
            self.window.show_first_run()

    def _show_claims(self) -> None:
        self.window.panel.flush()
        self.window.show_view(self.window.claims, "claims")
        self.claims.load()

    def _show_sources(self) -> None:
        self.window.panel.flush()
        self.window.show_view(self.window.sources, "sources")
        self.sources.load()

    def _open_source(self, source_id: str) -> None:
        self.window.show_view(self.window.sources, "sources")
        self.sources.load(select=source_id)

    def _open_claim(self, claim_id: str, article_id: str) -> None:
        """Show a claim where its article makes it."""
        self.window.show_reading()
        self.reading.open_claim(claim_id, article_id)

    def _toggle_done(self) -> None:
        article = self.reading.article
        if article is not None:
            done = ArticleStatus.OPEN if article.status is ArticleStatus.DONE else ArticleStatus.DONE
            self.window.library.status_requested.emit(article.id, str(done))

    def _delete_article(self) -> None:
        if self.reading.article is not None:
            self.library.delete_article(self.reading.article.id)

    def _edit_details(self) -> None:
        article = self.reading.article
        if article is None:
            return
        dialog = ArticleDetailsDialog(self.themes, article, self.window)

        def store(said: ArticleInput) -> None:
            metadata = Metadata(
                title=said.title,
                subtitle=said.subtitle,
                authors=said.authors,
                publication=said.publication,
                published_on=said.published_on,
                url=said.url,
                language=said.language,
            )
            use_case = partial(
                articles.describe_article, article_id=article.id, metadata=metadata, base=article
            )
            self.bridge.execute(use_case, label=self.tr("Edit article details"), done=stored, failed=failed)

        def failed(error: Exception) -> None:
            if isinstance(error, EditConflict):
                self.conflicts.show(error, partial(stored, article))
            elif isinstance(error, UserError):
                dialog.show_error(error)
            else:
                self.bridge.failed.emit(error)

        def stored(_: Article) -> None:
            dialog.accept()
            self.reading.open_article(article.id)

        dialog.details_requested.connect(store)
        dialog.finished.connect(dialog.deleteLater)
        FormDraft(self.bridge, self.window, dialog, dialog.messages, kind="article", entity_id=article.id)
        dialog.open()

    def _on_address_requested(self, address: str) -> None:
        """Open an address that was shown and agreed to."""
        webbrowser.open(address)

    def _print(self) -> None:
        from annotator.ui.controllers.printing import PrintingController  # noqa: PLC0415 - looks for printers

        article = self.reading.article
        if article is not None:
            if self._printing is None:
                self._printing = PrintingController(self.bridge, self.window)
            self._printing.show_preview(article.id, self.window.appearance.type_)

    def _export(self) -> None:
        if self.reading.article is not None:
            self.window.panel.flush()
            self.export.export(self.reading.article.id)

    def _on_exported(self, path: str) -> None:
        self.window.status.show_message(self.tr("Exported to {path}").format(path=path))

    # Undo, palette, help -----------------------------------------------------------------------------------

    def _save(self) -> None:
        """Write what is being typed or moved, and say so once it is on disk."""
        self._flush()
        if self.bridge.unsaved:
            self.bridge.retry()
        elif self.bridge.writing:
            self.bridge.idle.connect(self._tell_saved, Qt.ConnectionType.SingleShotConnection)
        else:
            self._tell_saved()

    def _tell_saved(self) -> None:
        if not self.bridge.unsaved:
            self.window.status.show_message(self.tr("Saved"))

    def _flush(self) -> None:
        """Store what is not yet: typing, and a mark that is being moved."""
        self.window.panel.flush()
        self.passages.flush()

    def _undo(self) -> None:
        self._flush()
        self.window.toast.hide()
        dropped = self.bridge.drop_last_unsaved()  # the last step is one that is not even saved
        if dropped:
            self.window.status.show_message(self.tr("Undid: {step}").format(step=dropped))
            return
        self.bridge.undo(partial(self._tell_step, self.tr("Undid: {step}"), self.tr("Nothing to undo")))

    def _redo(self) -> None:
        self.bridge.redo(partial(self._tell_step, self.tr("Redid: {step}"), self.tr("Nothing to redo")))

    def _tell_step(self, pattern: str, nothing: str, edit: Edit | None) -> None:
        self.window.status.show_message(pattern.format(step=edit.label) if edit is not None else nothing)

    def _on_library_changed(self, changes: ChangeSet) -> None:
        if changes.origin is Origin.LOCAL:
            self.window.status.show_message(changes.label, undo=True)
        elif changes.origin is Origin.REMOTE:
            said = self.tr("Changed by another window or program: {step}").format(step=changes.label)
            self.window.status.show_message(said)

    def _on_undo_changed(self, undo: str, redo: str) -> None:
        undo_action, redo_action = self.window.commands["undo"], self.window.commands["redo"]
        undo_action.setText(self.tr("Undo: {step}").format(step=undo) if undo else self.tr("Undo"))
        redo_action.setText(self.tr("Redo: {step}").format(step=redo) if redo else self.tr("Redo"))
        redo_action.setEnabled(bool(redo))
        undo_action.setEnabled(bool(undo))

    def _open_palette(self) -> None:
        self.bridge.query(articles.list_articles, self._show_palette)

    def _show_palette(self, found: list[ArticleSummary]) -> None:
        actions = [one for one in self.window.commands.usable() if one.objectName() != "action_palette"]
        self.palette.set_items(actions, tuple(found), recent=self._used)
        self.palette.popup()

    def _remember_used(self, key: str) -> None:
        self._used = [key, *(old for old in self._used if old != key)][:20]

    def _show_claim_history(self) -> None:
        self.window.panel.flush()
        view, article = self.reading.active_claim(), self.reading.article
        if view is not None and article is not None:
            self.history.show_claim(
                view.claim.id, view.claim.statement, article_id=article.id, article_title=article.title
            )
        else:
            self.window.status.show_message(self.tr("Put the caret on a claim first"))

    def _show_article_history(self) -> None:
        self.window.panel.flush()
        if self.reading.article is not None:
            self.history.show_article(self.reading.article.id, self.reading.article.title)

    def _show_keys(self) -> None:
        view = self.window.reader.view
        reading = sheet_of_keys({*view.handled, *Stance}, view.keys)
        dialog = KeysDialog(self.themes, reading, self.window.commands.usable(), self.window)
        dialog.set_single_keys(self.window.settings.get("single_keys"))
        dialog.single_keys_chosen.connect(partial(self.window.appearance.choose, "single_keys"))
        dialog.change_requested.connect(dialog.accept)
        dialog.change_requested.connect(self._change_keys)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _change_keys(self) -> None:
        from annotator.ui.dialogs.change_keys import ChangeKeysDialog  # noqa: PLC0415 - seldom asked for

        changed = stored_keys(self.window.settings.get("keys"))
        handled = {*self.window.reader.view.handled, *Stance}
        dialog = ChangeKeysDialog(self.themes, changed, handled, self.window)
        dialog.keys_changed.connect(partial(self.window.appearance.choose, "keys"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_about(self) -> None:
        self._say(
            "info",
            self.tr("annotator {version}").format(version=__version__),
            self.tr("Your library: {path}. Nothing leaves this computer.").format(
                path=self.bridge.library.path
            ),
        )

    def _on_verdict_mode(self, waiting: bool) -> None:
        """After V: which letter gives which verdict."""
        work = self.reading.work
        if waiting and work is not None:
            self.window.status.set_hints([(step.letter, step.short) for step in work.scale.steps])
        else:
            self.window.show_usual_hints()

    # Messages ----------------------------------------------------------------------------------------------

    def _say(self, kind: str, title: str, text: str = "") -> None:
        self.window.messages.show_message(kind, title, text, [("dismiss", self.tr("Dismiss"))])

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, EditConflict):
            self.conflicts.show(error)
            return
        if not self._opened and self.opening.read_instead(error):
            return
        if isinstance(error, DamagedFile) and not self._opened:
            self.window.show_first_run()
            self.recovery.offer(error)
            return
        if isinstance(error, UserError):
            rest = " ".join(part for part in (error.kept, error.todo) if part)
            self._say("error", error.what, rest)
            if not self._opened:
                self.window.show_first_run()  # from there another library can be opened
            return
        raise error

    # Qt overrides ------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The text claims Ctrl+V although nobody can write in it; here it means a new article.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            return event.matches(QKeySequence.StandardKey.Paste)
        return super().eventFilter(watched, event)


def _article_to_begin_with(store: Any) -> ArticleId | None:
    """The article that was opened last; else the youngest, which came in from the command line."""
    last = articles.last_opened(store)
    return last if last is not None else next((row.id for row in articles.list_articles(store)), None)
