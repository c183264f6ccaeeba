"""Backups, differences and recovered things in words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from annotator.services.backups import Backup, Counts, Difference, Reason
from annotator.storage.tables import ENTITIES
from annotator.ui.dialogs import library_words as words

NOW = datetime(2026, 11, 25, 15, 0).astimezone()
BACKUP = Backup(
    12,
    Path("000012.annotator"),
    datetime(2026, 11, 24, 14, 32).astimezone(),
    Reason.WORK,
    Counts(articles=1, claims=140, sources=33, annotations=150, edits=1),
    1_234_567,
    "",
    "",
)


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (Difference("claim", 12, 3, 1), "12 claims come back, 3 change, 1 goes"),
        (Difference("claim", 1, 0, 0), "1 claim comes back"),
        (Difference("evidence", 0, 1, 2), "1 evidence link changes, 2 go"),
        (Difference("tag", 0, 0, 5), "5 tags go"),
    ],
)
def test_a_difference_names_its_kind_once(difference: Difference, said: str) -> None:
    assert words.difference(difference) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-25T00:05", "Today, 00:05"),
        ("2026-11-24T23:59", "Yesterday, 23:59"),
        ("2026-11-23T14:32", "23 November 2026, 14:32"),
        ("2026-11-26T09:00", "26 November 2026, 09:00"),
    ],
)
def test_moments_are_told_in_local_time(at: str, said: str) -> None:
    assert words.moment(datetime.fromisoformat(at).astimezone(), NOW) == said


def test_every_kind_of_thing_and_every_reason_has_words_of_its_own() -> None:
    kinds = [*ENTITIES, "edit", "change", "file"]
    assert len({words.counted(kind, 2) for kind in kinds}) == len(kinds)
    assert not [kind for kind in kinds if "_" in words.counted(kind, 1)]
    assert len({words.reason(why) for why in Reason}) == len(Reason)


def test_a_row_is_spoken_with_all_that_it_shows() -> None:
    said = words.spoken(BACKUP)
    assert "After half an hour of work. 1 article, 140 claims, 33 sources, 1 step. 1.2 MB" in said


@pytest.mark.parametrize(
    ("saved", "from_backup", "lost", "said"),
    [
        (
            2310,
            14,
            2,
            "2310 of 2312 annotations, 14 of them from the backup of 24 November 2026, 14:32; 2 lost",
        ),
        (2312, 0, 0, "2312 annotations"),
        (1, 0, 0, "1 annotation"),
        (9, 0, None, "9 annotations; perhaps not all"),
        (0, 0, None, "Annotations: none can be read, if there were any"),
        (0, 0, 3, "0 of 3 annotations; 3 lost"),
    ],
)
def test_what_was_recovered_is_told_by_numbers(
    saved: int, from_backup: int, lost: int | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "moment", lambda _: "24 November 2026, 14:32")  # whatever day it is today
    found = words.recovered("annotation", saved=saved, from_backup=from_backup, lost=lost, backup=BACKUP)
    assert found == said
