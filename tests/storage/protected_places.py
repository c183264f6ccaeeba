"""Files and folders that can't be written to, also for tests that run as root, to whom no permission means anything."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that everybody may enter and write to; the way to pytest's own is closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="annotator-test-"))
    folder.chmod(0o777)
    try:
        yield folder
    finally:
        for place, _, _ in os.walk(folder):
            os.chmod(place, 0o777)
        shutil.rmtree(folder)


@contextmanager
def as_nobody() -> Iterator[None]:
    """As a user to whom permissions mean something."""
    if os.name == "nt" or os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def protect(path: Path, *, folder: bool) -> None:
    """Take the right to write to a library file, or to the folder it lies in and all that is there."""
    for file in path.parent.iterdir():
        file.chmod(0o444)
    path.parent.chmod(0o555 if folder else 0o777)


def picture(folder: Path) -> dict[str, str]:
    """What lies in a folder: the names and the SHA-256 of every file."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
        for file in sorted(folder.rglob("*"))
    }
