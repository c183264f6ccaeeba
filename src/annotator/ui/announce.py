"""What a screen reader says about things that happen elsewhere than where the focus is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


class Announcer(QObject):
    """Hands sentences to the screen reader, when there is one. `announced` carries each of them."""

    announced = Signal(str, bool)

    def __init__(self, speaker: QObject) -> None:
        super().__init__(speaker)
        self._speaker = speaker

    @staticmethod
    def is_heard() -> bool:
        """Whether a screen reader listens."""
        return QAccessible.isActive()

    def say(self, text: str, *, urgent: bool = False) -> None:
        """Say something when the screen reader has time, or at once when it is `urgent`."""
        if not text or not self.is_heard():
            return
        event = QAccessibleAnnouncementEvent(self._speaker, text)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)
        self.announced.emit(text, urgent)
