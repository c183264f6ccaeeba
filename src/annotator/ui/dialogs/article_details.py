"""What is said about an article: title, authors, outlet, date, language, address."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QWidget

from annotator.domain.article import Article
from annotator.errors import UserError
from annotator.ui.dialogs.card_button import KeyButton
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.dialogs.values import parse_authors
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import MessageBar, label


@dataclass(frozen=True, slots=True)
class ArticleInput:
    """The details as typed in."""

    title: str
    subtitle: str
    authors: tuple[str, ...]
    publication: str
    published_on: str
    url: str
    language: str


class ArticleDetailsDialog(Sheet):
    """Edits the details of an article. The caller accepts it once they are stored."""

    details_requested = Signal(object)

    def __init__(self, themes: ThemeManager, article: Article, parent: QWidget | None = None) -> None:
        super().__init__(themes, "", QSize(560, 480), parent)
        self.setObjectName("article_details_dialog")
        self.setWindowTitle(self.tr("Article details"))
        self.title_label.setText(self.windowTitle())
        self.messages = MessageBar(themes, self)
        self.body.addWidget(self.messages)
        form = QFormLayout()
        form.setContentsMargins(20, 16, 20, 16)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        self._fields: dict[str, QLineEdit] = {}
        for name, words, value in (
            ("title", self.tr("Title"), article.title),
            ("subtitle", self.tr("Standfirst"), article.subtitle),
            ("authors", self.tr("Authors, with ; between"), "; ".join(article.authors)),
            ("publication", self.tr("Publication"), article.publication),
            ("published_on", self.tr("Date (2026-03-14)"), article.published_on),
            ("url", self.tr("Address"), article.url),
            ("language", self.tr("Language (en)"), article.language),
        ):
            field = QLineEdit(value, self)
            field.setObjectName(f"article_{name}")
            field.setAccessibleName(words)
            field.setCursorPosition(0)
            form.addRow(label(words, role="caption", tone="secondary", parent=self), field)
            self._fields[name] = field
        self.body.addLayout(form)
        self.body.addStretch(1)
        self.footer.addStretch(1)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.setAccessibleName(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._save = KeyButton(themes, self.tr("Save"), icon="check", key="Ctrl ↵", primary=True, parent=self)
        self._save.setObjectName("article_save")
        self._save.clicked.connect(self.confirm)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self._save)
        self._fields["title"].textChanged.connect(self._check)
        self._fields["title"].setFocus()

    def value(self) -> ArticleInput:
        """What the fields say."""
        words = {name: " ".join(field.text().split()) for name, field in self._fields.items()}
        authors = parse_authors(words.pop("authors"))
        return ArticleInput(authors=authors, **words)

    def show_error(self, error: UserError) -> None:
        """Say why the details could not be stored; what was typed stays."""
        self.messages.show_error(error)

    def confirm(self) -> None:
        """Ask for the details to be stored."""
        if self._save.isEnabled():
            self.details_requested.emit(self.value())

    def _check(self) -> None:
        empty = not self._fields["title"].text().strip()
        self._save.setEnabled(not empty)
        self._save.setToolTip(self.tr("An article needs a title") if empty else "")
