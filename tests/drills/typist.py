"""A child process that types into the note of a claim in a real window, without end, and says how far it came.

    python typist.py LIBRARY

Each line of the answer is "typed COUNT". The note of the only claim is a row of numbers, so that what arrived can be
told from its length alone.
"""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from annotator.app import leave_on_signals, make_application, make_window
from annotator.settings import Settings
from annotator.ui.runner import ThreadRunner

PAUSES = itertools.cycle((60, 60, 25, 140, 30))  # keys between two pauses long enough to commit
KEY_MS, PAUSE_MS = 20, 750


def main(library: Path) -> None:
    """Open the window, choose the claim, type until the end."""
    app = make_application()
    window = make_window(library, Settings(None), ThreadRunner(), data_folder=library.parent / "data")
    typed = left = 0
    clock = QTimer(singleShot=True)

    def start() -> None:
        work = window.workbench.reading.work
        if work is None:
            QTimer.singleShot(20, start)
            return
        window.panel.claim_list.set_active(work.claims[0].claim.id)
        window.panel.claim_selected.emit(work.claims[0].claim.id)
        QTimer.singleShot(100, focus)

    def focus() -> None:
        nonlocal typed
        note = window.panel.editor.note
        typed = len(note.text())
        note.setFocus()
        note.moveCursor(note.textCursor().MoveOperation.End)
        say(f"ready {typed}")
        clock.start(0)

    def press() -> None:
        nonlocal typed, left
        if not left:
            left = next(PAUSES)
        QTest.keyClick(window.panel.editor.note, "0123456789"[typed % 10])
        typed += 1
        say(f"typed {typed}")
        left -= 1
        clock.start(KEY_MS if left else PAUSE_MS)

    clock.timeout.connect(press)
    window.ready.connect(start)
    window.show()
    watch = leave_on_signals(app)
    app.exec()
    watch.setEnabled(False)


def say(line: str) -> None:
    """Tell the parent at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
