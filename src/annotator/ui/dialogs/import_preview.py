"""One article before it is added: what was read of it, to be corrected, beside its text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import UserError
from annotator.services.articles import KnownArticle
from annotator.services.import_offers import Examined
from annotator.services.importing import ImportOptions
from annotator.ui.dialogs.article_fields import ArticleFields
from annotator.ui.dialogs.card_button import KeyButton
from annotator.ui.dialogs.message_place import MessagePlace
from annotator.ui.dialogs.part_list import PartList
from annotator.ui.dialogs.preview_text import PreviewText
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import CalmWheel, IconLabel, Segmented, follow, label

_SIZE = QSize(1240, 800)
_LEFT = 376
_MAIN, _WHOLE = "main", "whole"
_WORDS_A_MINUTE = 230
# Names of Python's codecs, which are never translated, with what people know them by.
_ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows-1252"),
    ("iso-8859-15", "ISO-8859-15"),
    ("mac-roman", "Mac Roman"),
    ("cp437", "DOS (437)"),
    ("cp1250", "Windows-1250"),
    ("iso-8859-2", "ISO-8859-2"),
    ("cp1251", "Windows-1251"),
    ("koi8-r", "KOI8-R"),
    ("cp1253", "Windows-1253"),
    ("cp1254", "Windows-1254"),
    ("cp1255", "Windows-1255"),
    ("cp1256", "Windows-1256"),
    ("cp1257", "Windows-1257"),
    ("cp1258", "Windows-1258"),
    ("shift_jis", "Shift JIS"),
    ("euc_jp", "EUC-JP"),
    ("gb18030", "GB 18030"),
    ("big5", "Big5"),
    ("euc_kr", "EUC-KR"),
    ("utf-16-le", "UTF-16 LE"),
    ("utf-16-be", "UTF-16 BE"),
)


class ImportPreview(Sheet):
    """Shows what was read and asks for it to be added, or for what is there already to be opened.

    The caller answers `options_changed` with `show_examined` or `show_error`, and accepts the dialog once the article
    is stored. `add_requested` carries the details (None: as they were read) and whether to add what is known already.
    """

    options_changed = Signal(object)  # ImportOptions
    add_requested = Signal(object, bool)
    open_requested = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, "", _SIZE, parent)
        self.setObjectName("import_preview_dialog")
        self.setWindowTitle(self.tr("Add article"))
        self.title_label.setText(self.windowTitle())
        self._examined: Examined | None = None
        self._known: KnownArticle | None = None
        self._reading = False
        place = MessagePlace(themes, self)
        self.messages = place.bar
        self.messages.action_triggered.connect(lambda _action: self._check())
        self.body.addWidget(place)
        halves = QHBoxLayout()
        halves.setSpacing(0)
        halves.addWidget(self._make_left())
        self._line = QFrame(self)
        self._line.setFixedWidth(1)
        halves.addWidget(self._line)
        halves.addLayout(self._make_right(), 1)
        self.body.addLayout(halves, 1)
        self._make_footer()
        follow(themes, self._dress)
        self._check()
        self.fields.setFocus()

    # What is shown ----------------------------------------------------------------------------------------

    def show_examined(self, examined: Examined, known: KnownArticle | None = None) -> None:
        """Show what was read, and the article in the library that is the same, if there is one."""
        self._examined, self._known, self._reading = examined, known, False
        imported = examined.read.imported
        self.messages.clear()
        self.subtitle_label.setText(examined.offer.name or self.tr("from the clipboard"))
        self._format.setText(examined.importer.label)
        self._show_choices(examined)
        self._show_warnings(imported.warnings)
        self.fields.show_imported(imported)
        self.text.show_imported(imported)
        self._counts.setText(self._words(examined.words))
        if known is not None:
            self._tell_known(known)
        self._check()

    def set_reading(self) -> None:
        """Say that the file is being read anew."""
        self._reading = True
        self._counts.setText(self.tr("Reading…"))
        self._check()

    def show_error(self, error: UserError) -> None:
        """Say what went wrong; what was shown before stays."""
        self._reading = False
        self.messages.show_error(error)
        if self._examined is not None:
            self._counts.setText(self._words(self._examined.words))
            self._show_choices(self._examined)
        self._check()

    def options(self) -> ImportOptions:
        """What is chosen."""
        examined = self._examined
        return ImportOptions(
            encoding=self.encoding.currentData() or None,
            whole_page=examined is not None and examined.is_page and self.extent.value() == _WHOLE,
            parts=() if self.parts.is_whole() else self.parts.numbers(),
        )

    def confirm(self) -> None:
        """Open the article that is there, or else add this one."""
        if self._known is not None:
            self.open_requested.emit(self._known.article.id)
        elif self._main.isEnabled():
            self._add()

    def _add(self) -> None:
        self.add_requested.emit(self.fields.metadata(), self._known is not None)

    def _words(self, many: int) -> str:
        number = self.locale().toString
        minutes = max(1, round(many / _WORDS_A_MINUTE))
        return self.tr("{n} words · {minutes} min").format(n=number(many), minutes=number(minutes))

    def _show_choices(self, examined: Examined) -> None:
        """The choices that this kind of file has, as they were made."""
        self._encoding_row.setVisible(examined.has_encoding)
        found = examined.read.imported.encoding
        if found and examined.options.encoding is None:
            name = dict(_ENCODINGS).get(found.lower(), found.upper())
            self.encoding.setItemText(0, self.tr("Automatic ({name})").format(name=name))
        self.encoding.setCurrentIndex(max(0, self.encoding.findData(examined.options.encoding or "")))
        self.extent.setVisible(examined.is_page)
        number = self.locale().toString
        if examined.whole_words:
            main = self.tr("Main content, {n} words").format(n=number(examined.main_words))
            whole = self.tr("Whole page, about {n}").format(n=number(examined.whole_words))
            self.extent.set_text(_MAIN, main)
            self.extent.set_text(_WHOLE, whole)
        self.extent.set_value(_WHOLE if examined.options.whole_page else _MAIN)
        self.parts.setVisible(len(examined.parts) > 1)
        self.parts.set_parts(examined.parts)
        self.parts.set_numbers(examined.options.parts)

    def _show_warnings(self, warnings: tuple[str, ...]) -> None:
        while (item := self._warnings.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for warning in warnings:
            self._warnings.addWidget(self._make_warning(warning))
        self._warning_box.setVisible(bool(warnings))

    def _make_warning(self, warning: str) -> QWidget:
        row = QWidget(self._warning_box)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        mark = IconLabel(self.themes, "triangle-alert", "warning", size=14, parent=row)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = label(warning, parent=row)
        words.setWordWrap(True)
        line.addWidget(words, 1)
        return row

    def _tell_known(self, known: KnownArticle) -> None:
        same = self.tr("from the same file") if known.same_bytes else self.tr("with the same text")
        if known.same_bytes and known.same_text:
            more = self.tr("Opening it adds nothing.")
        elif known.same_bytes:
            more = self.tr("With what is chosen here its text is another one, so you can add it as well.")
        else:
            more = self.tr("Only the file around the text is another one.")
        title = self.tr("“{title}” is in the library already, {same}.").format(
            title=known.article.title, same=same
        )
        self.messages.show_message("info", title, more)

    def _check(self) -> None:
        """Let the buttons fit what is shown."""
        known, titled = self._known, self.fields.has_title()
        none_chosen = self.parts.isVisibleTo(self) and not self.parts.numbers()
        why = ""
        stale = self._examined is None or self.options() != self._examined.options
        if none_chosen:
            why = self.tr("Choose a chapter first")
        elif stale or self._reading:
            why = self.tr("Wait until the file is read")
        elif not titled:
            why = self.tr("An article needs a title")
        self._main.setText(self.tr("Add") if known is None else self.tr("Open it"))
        self._main.setAccessibleName(self._main.text())
        self._main.updateGeometry()
        self._main.setEnabled(not why or known is not None)
        self._again.setVisible(known is not None and not (known.same_bytes and known.same_text))
        self._again.setEnabled(not why)
        for button in (self._main, self._again):
            button.setToolTip("" if button.isEnabled() else why)
            button.setAccessibleDescription(button.toolTip())

    # Parts ------------------------------------------------------------------------------------------------

    def _make_left(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setObjectName("import_details")
        area.setAccessibleName(self.tr("Details"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(_LEFT)
        area.viewport().setAutoFillBackground(False)
        inner = QWidget(area)
        inner.setAutoFillBackground(False)
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self._format = label("", role="strong", parent=inner)
        self._format.setObjectName("import_format")
        column.addWidget(self._format)
        self._encoding_row = self._make_encoding(inner)
        column.addWidget(self._encoding_row)
        choices = ((_MAIN, self.tr("Main content")), (_WHOLE, self.tr("Whole page")))
        self.extent = Segmented(self.tr("What of the page"), choices, parent=inner)
        self.extent.setObjectName("import_extent")
        self.extent.chosen.connect(lambda _key: self._ask_anew())
        column.addWidget(self.extent)
        self.parts = PartList(self.themes, inner)
        self.parts.chosen.connect(self._ask_anew)
        self.parts.changed.connect(self._check)
        column.addWidget(self.parts)
        self._warning_box = QFrame(inner)
        self._warning_box.setObjectName("import_warnings")
        self._warning_box.setProperty("message", "warning")
        self._warnings = QVBoxLayout(self._warning_box)
        self._warnings.setContentsMargins(12, 10, 12, 10)
        self._warnings.setSpacing(6)
        column.addWidget(self._warning_box)
        self.fields = ArticleFields(inner)
        self.fields.changed.connect(self._check)
        column.addWidget(self.fields)
        column.addStretch(1)
        area.setWidget(inner)
        return area

    def _make_encoding(self, parent: QWidget) -> QWidget:
        row = QWidget(parent)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(label(self.tr("Encoding"), role="caption", tone="secondary", parent=row))
        self.encoding = QComboBox(row)
        self.encoding.setObjectName("import_encoding")
        self.encoding.setAccessibleName(self.tr("Encoding"))
        self.encoding.addItem(self.tr("Automatic"), "")
        for codec, name in _ENCODINGS:
            self.encoding.addItem(name, codec)
        self.encoding.installEventFilter(CalmWheel(self.encoding))
        self.encoding.activated.connect(lambda _index: self._ask_anew())
        line.addWidget(self.encoding, 1)
        return row

    def _make_right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        head = QWidget(self)
        head.setFixedHeight(40)
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        row.addWidget(label(self.tr("Text"), role="strong", parent=head))
        self._counts: QLabel = label("", role="caption", tone="secondary", parent=head)
        self._counts.setObjectName("import_counts")
        row.addWidget(self._counts)
        row.addStretch(1)
        column.addWidget(head)
        self._head_line = QFrame(self)
        self._head_line.setFixedHeight(1)
        column.addWidget(self._head_line)
        self.text = PreviewText(self.themes, self)
        column.addWidget(self.text, 1)
        return column

    def _make_footer(self) -> None:
        self.footer.addWidget(IconLabel(self.themes, "archive", "textSecondary", parent=self))
        kept = label(
            self.tr("The original is kept in your library, byte for byte."), tone="secondary", parent=self
        )
        kept.setMinimumWidth(10)
        self.footer.addWidget(kept, 1)
        self.add_button("import_cancel", self.tr("Cancel"), self.reject)
        self._again: QPushButton = self.add_button("import_again", self.tr("Add all the same"), self._add)
        self._main = KeyButton(
            self.themes, self.tr("Add"), icon="check", key="Ctrl ↵", primary=True, parent=self
        )
        self._main.setObjectName("import_add")
        self._main.clicked.connect(self.confirm)
        self.footer.addWidget(self._main)

    def _ask_anew(self) -> None:
        """Ask for the file to be read with what is chosen now."""
        self._check()
        if self._examined is None or (self.parts.isVisibleTo(self) and not self.parts.numbers()):
            return
        if self.options() != self._examined.options or self._reading:
            self.options_changed.emit(self.options())

    def _dress(self, theme: Theme) -> None:
        for line in (self._line, self._head_line):
            line.setStyleSheet(f"background: {theme.css('border')};")
