"""Where one has read: the way back, and forward again, between articles and inside them."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.ids import ArticleId

_MOST = 200


class Stop(NamedTuple):
    """A place in an article: the offset at which the screen begins, and the caret when it is on it."""

    article_id: ArticleId
    position: int
    caret: int | None


class ReadingHistory:
    """The stops behind and ahead of the place where one is, as in a browser."""

    def __init__(self) -> None:
        self._behind: list[Stop] = []
        self._ahead: list[Stop] = []
        self._landed: tuple[ArticleId, int] | None = None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a stop behind."""
        return bool(self._behind)

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a stop ahead."""
        return bool(self._ahead)

    def leave(self, here: Stop, *, goal: int | None = None) -> None:
        """Remember a place before a jump, to `goal` in the same article. A place where the last jump led and nothing
        was done since is only passed through."""
        passed = here.caret is not None and (here.article_id, here.caret) == self._landed
        if not passed and (not self._behind or self._behind[-1] != here):
            self._behind = [*self._behind[1 - _MOST :], here]
        self._ahead.clear()
        self._landed = (here.article_id, goal) if goal is not None else None

    def back(self, here: Stop | None) -> Stop | None:
        """The stop behind, which is left out from now on; `here` becomes the one ahead."""
        return self._move(self._behind, self._ahead, here)

    def forward(self, here: Stop | None) -> Stop | None:
        """The stop ahead; `here` becomes the one behind."""
        return self._move(self._ahead, self._behind, here)

    def _move(self, origin: list[Stop], target: list[Stop], here: Stop | None) -> Stop | None:
        self._landed = None
        if not origin:
            return None
        if here is not None:
            target.append(here)
        return origin.pop()
