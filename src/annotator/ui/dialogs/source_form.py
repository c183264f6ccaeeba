"""The form for a new source, inside another dialog or in one of its own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.source import Source
from annotator.errors import UserError
from annotator.ui.dialogs.card_button import KeyButton
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.dialogs.source_list import source_icon
from annotator.ui.dialogs.values import SourceInput, bare_doi, parse_authors
from annotator.ui.icons import icon
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import MessageBar
from annotator.ui.widgets.base import follow
from annotator.ui.widgets.labels import label


class _Authors(QPlainTextEdit):
    """A short field of several lines; Tab leaves it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(52)


class SourceForm(QWidget):
    """Title, authors, year, type, publisher, addresses. `submitted` when Return is pressed in a field of one line."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 4, 12, 12)
        self._column.setSpacing(4)
        self.title_field = self._add_line("source_title", self.tr("Title"))
        self.authors_field = _Authors(self)
        self.authors_field.setObjectName("source_authors")
        self.authors_field.textChanged.connect(self.changed)
        self._add(self.tr("Authors"), self.authors_field, hint=self.tr("one a line"))
        self._add_year_and_type()
        self.container_field = self._add_line("source_container", self.tr("Publisher or publication"))
        self.url_field = self._add_line("source_url", self.tr("Web address"))
        self.doi_field = self._add_line("source_doi", self.tr("DOI"))
        self._column.addStretch(1)
        self.setFocusProxy(self.title_field)
        follow(themes, self._dress)

    def value(self) -> SourceInput:
        """What was typed, trimmed."""
        return SourceInput(
            title=" ".join(self.title_field.text().split()),
            authors=parse_authors(self.authors_field.toPlainText()),
            year=self.year_field.text().strip(),
            csl_type=str(self.type_field.currentData()),
            url=self.url_field.text().strip(),
            doi=bare_doi(self.doi_field.text()),
            container=" ".join(self.container_field.text().split()),
        )

    def set_value(self, value: SourceInput) -> None:
        """Fill the fields."""
        self.title_field.setText(value.title)
        self.authors_field.setPlainText("\n".join(value.authors))
        self.year_field.setText(value.year)
        place = self.type_field.findData(value.csl_type)
        if place < 0:  # a type of CSL that the list doesn't offer is kept
            self.type_field.addItem(value.csl_type, value.csl_type)
            place = self.type_field.count() - 1
        self.type_field.setCurrentIndex(place)
        self.container_field.setText(value.container)
        self.url_field.setText(value.url)
        self.doi_field.setText(value.doi)

    def set_source(self, source: Source) -> None:
        """Fill the fields from a source in the library."""
        container = source.csl.get("container-title") or source.csl.get("publisher") or ""
        self.set_value(
            SourceInput(
                title=source.title,
                authors=source.authors,
                year=source.year,
                csl_type=source.csl_type,
                url=source.url,
                doi=source.doi,
                container=str(container),
            )
        )

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """Leave that many pixels around the fields."""
        self._column.setContentsMargins(left, top, right, bottom)

    def problem(self) -> str:
        """Why this can't be added yet, "" when it can."""
        return "" if self.title_field.text().strip() else self.tr("Give the source a title first")

    def _add(self, name: str, field: QWidget, *, hint: str = "", to: QVBoxLayout | None = None) -> None:
        column = to or self._column
        row = QHBoxLayout()
        row.setSpacing(6)
        row.setContentsMargins(0, 4, 0, 0)
        caption = label(name, role="caption", tone="secondary", parent=self)
        caption.setBuddy(field)
        row.addWidget(caption)
        if hint:
            row.addWidget(label(hint, role="caption", tone="muted", parent=self))
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(field)
        field.setAccessibleName(f"{name}, {hint}" if hint else name)

    def _make_line(self, object_name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(object_name)
        field.textChanged.connect(self.changed)
        field.returnPressed.connect(self.submitted)
        return field

    def _add_line(self, object_name: str, name: str) -> QLineEdit:
        field = self._make_line(object_name)
        self._add(name, field)
        return field

    def _add_year_and_type(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(4)
        right.setSpacing(4)
        self.year_field = self._make_line("source_year")
        self.year_field.setFixedWidth(80)
        self._add(self.tr("Year"), self.year_field, to=left)
        self.type_field = QComboBox(self)
        self.type_field.setObjectName("source_type")
        for key, text in self._types():
            self.type_field.addItem(text, key)
        self.type_field.setMaxVisibleItems(12)
        self.type_field.view().setAccessibleName(self.tr("Type"))
        self.type_field.currentIndexChanged.connect(self.changed)
        self._add(self.tr("Type"), self.type_field, to=right)
        row.addLayout(left)
        row.addLayout(right, 1)
        self._column.addLayout(row)

    def _types(self) -> tuple[tuple[str, str], ...]:
        return (
            ("report", self.tr("Report")),
            ("article-journal", self.tr("Journal article")),
            ("book", self.tr("Book")),
            ("chapter", self.tr("Chapter")),
            ("webpage", self.tr("Web page")),
            ("article-newspaper", self.tr("News article")),
            ("dataset", self.tr("Data set")),
            ("interview", self.tr("Interview")),
            ("legislation", self.tr("Law")),
            ("speech", self.tr("Speech")),
            ("document", self.tr("Other document")),
        )

    def _dress(self, theme: Theme) -> None:
        for row in range(self.type_field.count()):
            name = source_icon(str(self.type_field.itemData(row)))
            self.type_field.setItemIcon(row, icon(name, theme.color("textSecondary")))


class SourceDialog(Sheet):
    """Adds or edits a source. The caller accepts the dialog once the source is stored."""

    source_requested = Signal(object)

    def __init__(
        self, themes: ThemeManager, *, source: Source | None = None, parent: QWidget | None = None
    ) -> None:
        new = source is None
        super().__init__(themes, "", QSize(480, 600), parent)
        self.setObjectName("source_dialog")
        self._asked: SourceInput | None = None
        self.setWindowTitle(self.tr("New source") if new else self.tr("Edit source"))
        self.title_label.setText(self.windowTitle())
        self.form = SourceForm(themes, self)
        self.form.set_margins(20, 12, 20, 16)
        self.messages = MessageBar(themes, self)
        self.body.addWidget(self.messages)
        self.body.addWidget(self.form)
        self.footer.addStretch(1)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.setAccessibleName(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.footer.addWidget(cancel)
        text = self.tr("Add source") if new else self.tr("Save")
        self._add_button = KeyButton(
            themes, text, icon="plus" if new else "check", key="Ctrl ↵", primary=True, parent=self
        )
        self._add_button.setObjectName("source_add")
        self._add_button.clicked.connect(self.confirm)
        self.footer.addWidget(self._add_button)
        if source is not None:
            self.form.set_source(source)
        self.form.changed.connect(self._on_changed)
        self.form.submitted.connect(self.confirm)
        self._on_changed()
        self.form.setFocus()

    def show_error(self, error: UserError) -> None:
        """Say why the source could not be stored; what was typed stays."""
        self._asked = None
        self.messages.show_error(error)

    def confirm(self) -> None:
        """Ask for the source that was typed in; once, while the answer is on its way."""
        value = self.form.value()
        if self.form.problem() or value == self._asked:
            return
        self._asked = value
        self.messages.clear()
        self.source_requested.emit(value)

    def _on_changed(self) -> None:
        problem = self.form.problem()
        self._add_button.setEnabled(not problem)
        self._add_button.setToolTip(problem)
