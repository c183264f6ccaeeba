"""The choices that narrow the claims table: verdict and tag."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.domain.rating import DEFAULT_SCALE
from annotator.domain.tag import Tag
from annotator.ui import icons
from annotator.ui.claims.values import ClaimRow
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import CalmWheel, draw_swatch, follow

ANY = ""
NO_TAG = "-"


class Choice(QComboBox):
    """A combo box whose first entry lets everything through. What is chosen survives other entries."""

    def __init__(self, themes: ThemeManager, name: str, spoken: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self._calm = CalmWheel(self)
        self.installEventFilter(self._calm)

    def value(self) -> str:
        """The key of the entry chosen, "" for any."""
        return str(self.currentData() or ANY)

    def set_entries(self, entries: Iterable[tuple[str, str]]) -> None:
        """Offer these keys and words; a choice that is gone means any."""
        wanted = list(entries)
        if wanted == [(self.itemData(row), self.itemText(row)) for row in range(self.count())]:
            return
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        for key, text in wanted:
            self.addItem(text, key)
        self.setCurrentIndex(max(self.findData(kept), 0))
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # keys of the page, which the search for an entry would swallow
        else:
            super().keyPressEvent(event)


class VerdictChoice(Choice):
    """Every verdict of the scale, and those of other scales that occur."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(themes, "claims_verdict", "", parent)
        self.setAccessibleName(self.tr("Filter by verdict"))
        self.set_rows(())
        follow(themes, self._dress)

    def set_rows(self, rows: tuple[ClaimRow, ...]) -> None:
        """Offer what these claims have."""
        known = [(step.key, step.label) for step in DEFAULT_SCALE.steps]
        keys = {key for key, _ in known}
        foreign = sorted({row.view.claim.verdict for row in rows} - keys)
        self.set_entries([(ANY, self.tr("Verdict: any")), *known, *((key, key) for key in foreign)])
        self._dress(self._themes.theme)

    def _dress(self, theme: Theme) -> None:
        for place in range(1, self.count()):
            style = theme.verdict(str(self.itemData(place)))
            self.setItemIcon(place, icons.icon(style.icon, style.color, 14))


class TagChoice(Choice):
    """Every tag that occurs, by name, and the lack of any."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(themes, "claims_tag", "", parent)
        self.setAccessibleName(self.tr("Filter by tag"))
        self._tags: dict[str, Tag] = {}
        self.set_rows(())
        follow(themes, self._dress)

    def set_rows(self, rows: tuple[ClaimRow, ...]) -> None:
        """Offer what these claims have."""
        self._tags = {str(tag.id): tag for row in rows for tag in row.tags}
        named = sorted(self._tags.values(), key=lambda tag: tag.name.casefold())
        entries = [(ANY, self.tr("Tag: any")), *((str(tag.id), tag.name) for tag in named)]
        self.set_entries([*entries, (NO_TAG, self.tr("No tag"))])
        self._dress(self._themes.theme)

    def accepts(self, row: ClaimRow) -> bool:
        """Whether a claim has the tag that was chosen."""
        wanted = self.value()
        if wanted == NO_TAG:
            return not row.tags
        return wanted == ANY or any(tag.id == wanted for tag in row.tags)

    def _dress(self, theme: Theme) -> None:
        ratio = self.devicePixelRatioF()
        for place in range(self.count()):
            tag = self._tags.get(str(self.itemData(place)))
            if tag is None:
                continue
            picture = QPixmap(QSize(16, 14) * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            draw_swatch(painter, QRectF(0, 0, 16, 14), tag.pattern, theme.tag(tag.colour).line)
            painter.end()
            self.setItemIcon(place, QIcon(picture))
