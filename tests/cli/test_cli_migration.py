"""The command line and the window bring a library of an older version up to date, with a backup in their data folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.command_line import CommandLine
from tests.storage import golden_libraries as golden

from annotator.app import library_opener
from annotator.services import backups
from annotator.services.backups import Reason
from annotator.settings import Settings
from annotator.storage.engine import SCHEMA_VERSION

OLD = [path for path in golden.released() if golden.schema_of(path) < SCHEMA_VERSION]


@pytest.mark.parametrize("release", OLD, ids=lambda path: path.stem)
def test_a_command_on_an_old_library_answers_and_leaves_a_backup(
    release: Path, annotator: CommandLine
) -> None:
    shutil.copyfile(release, annotator.library)
    data = annotator.folder / "data"
    assert "unemployment fell by 3.5 percent 😀" in annotator("claims", "--data-dir", data).out
    (made,) = backups.list_backups(annotator.library, data_folder=data)
    assert made.reason is Reason.MIGRATION
    (listed,) = annotator.json("backup", "--list", "--data-dir", data)
    assert listed["reason"] == "migration"
    assert golden.expected(release)["undo"] in annotator("undo", "--data-dir", data).out


@pytest.mark.parametrize("release", OLD, ids=lambda path: path.stem)
def test_the_window_backs_an_old_library_up_into_its_data_folder(release: Path, tmp_path: Path) -> None:
    path = Path(shutil.copyfile(release, tmp_path / "old.annotator"))
    with library_opener(path, Settings(None), tmp_path / "data")() as library:
        assert library.undo_state().undo == golden.expected(release)["undo"]
    (made,) = backups.list_backups(path, data_folder=tmp_path / "data")
    assert made.reason is Reason.MIGRATION
    assert made.number == 1
