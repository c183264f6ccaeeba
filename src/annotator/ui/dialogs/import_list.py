"""What was added, what was known, what was refused and why: the report of an import of many files."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QWidget

from annotator.ui.dialogs.card_button import KeyButton
from annotator.ui.dialogs.import_rows import ROW_ROLE, ImportRowsDelegate, ImportRowsModel
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.import_report import ImportReport, ImportRow
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import follow, label

_SIZE = QSize(760, 620)
_COPIED_MS = 1500


class _List(QListView):
    """Return asks for the row that is chosen."""

    opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ImportListDialog(Sheet):
    """Shows a report, also while it still grows. `open_requested` carries the id of an article."""

    open_requested = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, "", _SIZE, parent)
        self.setObjectName("import_list_dialog")
        self.setWindowTitle(self.tr("Adding articles"))
        self.title_label.setText(self.windowTitle())
        self._model = ImportRowsModel(self)
        self.list = self._make_list()
        self.body.addWidget(self.list, 1)
        self._line = QFrame(self)
        self._line.setFixedHeight(1)
        self.reason = label("", tone="secondary", parent=self)
        self.reason.setObjectName("import_reason")
        self.reason.setAccessibleName(self.tr("The chosen file"))
        self.reason.setWordWrap(True)
        self.reason.setContentsMargins(20, 12, 20, 12)
        self.reason.setMinimumHeight(64)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.reason.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.reason.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(self._line)
        self.body.addWidget(self.reason)
        self._copy = self.add_button("import_list_copy", self.tr("Copy report"), self._on_copy)
        self.footer.addStretch(1)
        self.add_button("import_list_close", self.tr("Close"), self.reject)
        self.open_button = KeyButton(
            themes, self.tr("Open article"), icon="book-open", key="Ctrl ↵", primary=True, parent=self
        )
        self.open_button.setObjectName("import_list_open")
        self.open_button.clicked.connect(self.confirm)
        self.footer.addWidget(self.open_button)
        follow(themes, self._dress)
        self._on_chosen()
        self.list.setFocus()

    def set_report(self, report: ImportReport, summary: str) -> None:
        """Show a report; the file that is chosen stays chosen."""
        chosen = self._chosen()
        self.subtitle_label.setText(summary)
        self._model.set_rows(report.rows)
        place = self._model.place_of(chosen) if chosen is not None else min(1, self._model.rowCount() - 1)
        self.list.setCurrentIndex(self._model.index(place))
        self._on_chosen()

    def text(self) -> str:
        """The report as text."""
        return f"{self.subtitle_label.text()}\n\n{self._model.text()}"

    def confirm(self) -> None:
        """Open the article that is chosen, if it is one."""
        row = self._chosen()
        if row is not None and row.article_id is not None:
            self.open_requested.emit(row.article_id)
            self.accept()

    def _make_list(self) -> _List:
        view = _List(self)
        view.setObjectName("import_list")
        view.setAccessibleName(self.tr("Files"))
        view.setModel(self._model)
        view.setItemDelegate(ImportRowsDelegate(self.themes, view))
        view.setUniformItemSizes(True)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.selectionModel().currentChanged.connect(self._on_chosen)
        view.doubleClicked.connect(lambda _index: self.confirm())
        view.opened.connect(lambda _index: self.confirm())
        return view

    def _chosen(self) -> ImportRow | None:
        row = self.list.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, ImportRow) else None

    def _on_chosen(self) -> None:
        row = self._chosen()
        said = "" if row is None else "\n".join(part for part in (row.path or row.name, row.reason) if part)
        self.reason.setText(said or self.tr("Choose a file to read more about it."))
        opens = row is not None and row.article_id is not None
        self.open_button.setEnabled(opens)
        why = "" if opens else self.tr("Choose a file that is an article now")
        self.open_button.setToolTip(why)
        self.open_button.setAccessibleDescription(why)

    def _dress(self, theme: Theme) -> None:
        self._line.setStyleSheet(f"background: {theme.css('border')};")

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._copy.setText(self.tr("Copied"))
        QTimer.singleShot(_COPIED_MS, self._copy, lambda: self._copy.setText(self.tr("Copy report")))
