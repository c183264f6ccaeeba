"""The bar over a selection in the second text: what the passage does to the claim in the first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance

from annotator.domain.evidence import Stance
from annotator.domain.tag import Tag
from annotator.ui.reader.selection_bar import SelectionBar
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import ElidedLabel

STANCE_KEYS = {Stance.SUPPORTS: "S", Stance.REFUTES: "R", Stance.CONTEXT: "X"}


class EvidenceBar(SelectionBar):
    """Offers the three stances, and says below which claim the passage is for. The requests carry a `TextSpan`."""

    supports_requested = Signal(object)
    refutes_requested = Signal(object)
    context_requested = Signal(object)
    wide = 404

    def __init__(self, reader: ReaderView, themes: ThemeManager) -> None:
        super().__init__(reader, themes)
        self._actions[0].primary = False  # none of the three is suggested
        self._actions[-1].hide()

    def set_claim(self, words: str) -> None:
        """Say which claim the passage is for, or how to choose one."""
        self._claim.set_text(words)
        self.setAccessibleName(f"{self.tr('Selection')}. {words}")

    def set_tags(self, tags: Sequence[Tag]) -> None:
        """No tags are offered here."""

    def _offered(self) -> tuple[tuple[str, str, str, str, SignalInstance], ...]:
        signals = (self.supports_requested, self.refutes_requested, self.context_requested)
        return tuple(
            (str(stance), style.icon, style.label, key, signal)
            for (stance, key), signal in zip(STANCE_KEYS.items(), signals, strict=True)
            for style in (self._theme.stance(stance),)
        )

    def _show_first_tags(self) -> None:
        self._claim = ElidedLabel(parent=self)
        self._claim.setProperty("role", "caption")
        self._claim.setProperty("tone", "secondary")
        self._claim.setContentsMargins(4, 0, 4, 0)
        self._tag_row.addWidget(self._claim)
