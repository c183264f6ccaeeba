"""Starting: what is imported before the first paint, and the PySide6 that may not be used on old Pythons."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_LATE = (
    "sqlalchemy",
    "alembic",
    "lxml",
    "nh3",
    "markdown",
    "pygments",
    "bibtexparser",
    "syntok",
    "regex",
    "click",
    "PySide6.QtNetwork",
)

_FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from annotator.app import make_application, make_window
from annotator.settings import Settings
from annotator.ui.runner import ThreadRunner

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched is window.header:
            print("\\n".join(sorted(sys.modules)))
            sys.stdout.flush()
            import os
            os._exit(0)
        return False

app = make_application()
window = make_window(Path(sys.argv[1]) / "l.annotator", Settings(None), ThreadRunner(), data_folder=Path(sys.argv[1]))
watch = Watch()
window.header.installEventFilter(watch)
window.show()
app.exec()
"""


def test_the_window_paints_before_the_database_and_the_parsers_are_imported(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_PAINT, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={**__import__("os").environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    loaded = set(done.stdout.split())
    assert "annotator.ui.main_window" in loaded
    assert not {name for name in _LATE if name in loaded}


def test_the_markers_keep_pyside_6_12_away_from_python_3_11() -> None:
    """6.12 loses a reference to None at each call that returns nothing: before Python 3.12 that ends in an abort."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [line for line in project["dependencies"] if line.lower().startswith("pyside6")]
    assert any(re.search(r"<6\.12; python_version < ['\"]3\.12['\"]$", line) for line in wanted)
    if sys.version_info < (3, 12):
        assert tuple(map(int, version("PySide6-Essentials").split(".")[:2])) < (6, 12)


@pytest.mark.usefixtures("qapp")
def test_a_thousand_calls_that_return_nothing_cost_no_reference_to_none() -> None:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    widget, thing = QWidget(), QObject()
    for _ in range(10):
        widget.update()
        thing.setObjectName("x")
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.update()
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 200


_FIRST_FRAME = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from annotator import app
from annotator.settings import Settings

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print("\\n".join(sorted(sys.modules)))
            sys.stdout.flush()
            import os
            os._exit(0)
        return False

application = app.make_application()
session = app.Session(Settings(None), Path(sys.argv[1]))
session.open(Path(sys.argv[1]) / "l.annotator", [])
watch = Watch()
session.window.installEventFilter(watch)
application.exec()
"""


def test_the_first_frame_is_painted_before_the_parts_of_the_window_are_imported(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_FRAME, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={**__import__("os").environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    loaded = set(done.stdout.split())
    assert "annotator.ui.main_window" in loaded
    assert not {name for name in loaded if name.startswith(("annotator.ui.reader", "annotator.domain"))}
