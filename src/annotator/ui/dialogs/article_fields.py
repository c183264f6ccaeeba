"""The fields of what is said about an article that is to be added."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from annotator.domain.article import ImportedArticle
from annotator.services.articles import Metadata
from annotator.ui.dialogs.values import parse_authors
from annotator.ui.widgets import label


class ArticleFields(QWidget):
    """A form that keeps what was typed when the file is read anew."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read: dict[str, str] = {}
        self._fields: dict[str, QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        wide = (
            ("title", self.tr("Title")),
            ("subtitle", self.tr("Standfirst")),
            ("authors", self.tr("Authors, with ; between")),
            ("publication", self.tr("Publication")),
        )
        row = 0
        for name, words in wide:
            row = self._add(grid, name, words, row, 0, span=2)
        self._add(grid, "published_on", self.tr("Date (2026-03-14)"), row, 0)
        row = self._add(grid, "language", self.tr("Language (en)"), row, 1)
        self._add(grid, "url", self.tr("Address"), row, 0, span=2)
        self._fields["title"].textChanged.connect(self.changed)
        self.setFocusProxy(self._fields["title"])

    def show_imported(self, imported: ImportedArticle) -> None:
        """Put what was read into every field in which nobody typed."""
        values = {
            "title": imported.title,
            "subtitle": imported.subtitle,
            "authors": "; ".join(imported.authors),
            "publication": imported.publication,
            "published_on": imported.published_on,
            "url": imported.url,
            "language": imported.language,
        }
        for name, value in values.items():
            field = self._fields[name]
            untouched = field.text() == self._read.get(name, "")
            self._read[name] = value
            if untouched:
                field.setText(value)
                field.setCursorPosition(0)
                field.setToolTip(value if len(value) > 40 else "")

    def has_title(self) -> bool:
        """Whether a title is given."""
        return bool(self._fields["title"].text().strip())

    def metadata(self) -> Metadata | None:
        """What was typed; None where everything is as it was read."""
        typed = {
            name: " ".join(field.text().split())
            for name, field in self._fields.items()
            if field.text() != self._read.get(name, "")
        }
        if not typed:
            return None
        names = typed.pop("authors", None)
        return Metadata(authors=None if names is None else parse_authors(names), **typed)

    def _add(self, grid: QGridLayout, name: str, words: str, row: int, column: int, *, span: int = 1) -> int:
        """Add a field with its caption above; the row below it."""
        field = QLineEdit(self)
        field.setObjectName(f"import_{name}")
        field.setAccessibleName(words)
        caption = label(words, role="caption", tone="secondary", parent=self)
        caption.setContentsMargins(0, 8 if row else 0, 0, 0)
        grid.addWidget(caption, row, column, 1, span)
        grid.addWidget(field, row + 1, column, 1, span)
        self._fields[name] = field
        return row + 2
