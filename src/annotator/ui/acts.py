"""The edits a window asks for, and those of them that are not in the library yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from annotator.ui.runner import Done

if TYPE_CHECKING:
    from annotator.services.drafts import Typing
    from annotator.services.recovery_files import Unsaved

UseCase = Callable[[Any], Any]  # of services: takes the store, returns domain values


def ignore(_: object) -> None:
    """Nobody waits for this result."""


@dataclass(slots=True, eq=False)
class Act:
    """One edit that was asked for."""

    use_case: UseCase
    label: str
    done: Done = ignore
    failed: Done | None = None
    initiator: str = ""
    run: str = ""
    typing: Typing | None = None
    keeps_only: bool = False  # a draft: text that is being typed and not committed
    at: datetime = field(default_factory=lambda: datetime.now().astimezone())

    @property
    def worth_keeping(self) -> bool:
        """Whether losing it would lose work; where reading stopped is no work."""
        return bool(self.label) or self.typing is not None

    @property
    def waits(self) -> bool:
        """Whether it is kept and tried again when it can't be saved: nobody else keeps what was typed."""
        return self.failed is None and self.worth_keeping

    def is_draft_of(self, key: str) -> bool:
        """Whether it only keeps what is typed into a field."""
        return self.keeps_only and self.typing is not None and self.typing.key == key


class UnsavedActs:
    """The edits that could not be saved, in the order they were asked for."""

    def __init__(self) -> None:
        self._acts: list[Act] = []

    def __bool__(self) -> bool:
        return bool(self._acts)

    def all(self) -> tuple[Act, ...]:
        """The edits as they are now."""
        return tuple(self._acts)

    def add(self, act: Act) -> None:
        """Put an edit at the end; of typing into one field only the last state counts."""
        if act.typing is not None:
            self.drop_draft(act.typing.key)
        self._acts.append(act)

    def drop_draft(self, key: str) -> None:
        """Forget the draft of a field."""
        self._acts = [act for act in self._acts if not act.is_draft_of(key)]

    def remove(self, acts: Iterable[Act]) -> None:
        """They are saved, or given up."""
        gone = set(acts)
        self._acts = [act for act in self._acts if act not in gone]

    def pop_last(self) -> Act | None:
        """Take out the last one that is more than a draft."""
        last = next((act for act in reversed(self._acts) if not act.keeps_only), None)
        if last is not None:
            self._acts.remove(last)
        return last

    def described(self, typing_words: str) -> tuple[Unsaved, ...]:
        """What they are, for people and for the recovery file; a draft is called `typing_words`."""
        from annotator.services import recovery_files  # noqa: PLC0415 - hopefully never

        return tuple(
            recovery_files.Unsaved(
                act.label or typing_words, act.at, recovery_files.describe(act.use_case), act.typing
            )
            for act in self._acts
        )
