"""What could not be saved, written outside of the library, so that it outlives the program.

A recovery file is JSON that people can read. Texts in it are offered again when the library is opened next.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from annotator.services.drafts import Typing
from annotator.storage.backup import replacing

_FORMAT = "annotator recovery"
_SHORT = 400  # characters of one value of a step


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A step that is not in the library: what it is called, when it was made, what it was about; `typing` holds the
    text, if it was one."""

    label: str
    at: datetime
    about: str
    typing: Typing | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A recovery file."""

    path: Path
    steps: tuple[Unsaved, ...]


def folders(data_folder: Path) -> tuple[Path, ...]:
    """Where recovery files may lie: the data folder, else another disk perhaps."""
    own = f"annotator-recovery-{os.getuid()}" if os.name != "nt" else "annotator-recovery"
    return data_folder / "recovery", Path(tempfile.gettempdir()) / own, Path.home()


def write(library: Path, steps: Sequence[Unsaved], *, data_folder: Path) -> Path | None:
    """Write the steps into the first folder that takes them, in the place of what was written before; None where no
    folder does."""
    content = {
        "format": _FORMAT,
        "about": "Steps that could not be saved in the library. They are offered again when it is opened.",
        "library": str(library),
        "steps": [_plain(step) for step in steps],
    }
    for folder in folders(data_folder):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if os.name != "nt" and folder.stat().st_uid != os.getuid():
                continue  # somebody else laid it out to read what is put there
            with replacing(folder / _name(library)) as file:
                json.dump(content, file, ensure_ascii=False, indent=1)
        except OSError:
            continue
        return folder / _name(library)
    return None


def clear(library: Path, *, data_folder: Path) -> None:
    """Everything was saved after all: remove the recovery files of a library."""
    for folder in folders(data_folder):
        with suppress(OSError):
            (folder / _name(library)).unlink(missing_ok=True)


def find(library: Path, *, data_folder: Path) -> list[Found]:
    """The recovery files of a library; one that can't be read is left where it is."""
    found = []
    for folder in folders(data_folder):
        path = folder / _name(library)
        with suppress(OSError, ValueError, KeyError, TypeError):
            stored = json.loads(path.read_text(encoding="utf-8"))
            if stored["format"] == _FORMAT:
                found.append(Found(path, tuple(_step(row) for row in stored["steps"])))
    return found


def set_aside(found: Found) -> Path:
    """Give a file whose texts are in the library's drafts by now a name that is not offered again."""
    number = 1
    while (aside := found.path.with_suffix(f".seen-{number}.json")).exists():
        number += 1
    with suppress(OSError):
        os.replace(found.path, aside)
    return aside


def describe(work: Any) -> str:
    """What a use case was asked to do, in words enough to do it again by hand."""
    if not isinstance(work, partial):
        return ""
    return "; ".join(_described(work.keywords.items()))


def _described(values: Iterable[tuple[str, Any]]) -> Iterable[str]:
    for name, value in values:
        if value is None or value == () or (name == "base" and is_dataclass(value)):
            continue
        if is_dataclass(value) and not isinstance(value, type):
            yield from _described((field.name, getattr(value, field.name)) for field in fields(value))
        else:
            yield f"{name}: {str(value)[:_SHORT]}"


def _name(library: Path) -> str:
    place = os.path.normcase(os.path.realpath(library))
    return f"annotator-recovery-{hashlib.sha256(os.fsencode(place)).hexdigest()[:12]}.json"


def _plain(step: Unsaved) -> dict[str, Any]:
    typing = asdict(step.typing) if step.typing else None
    return {"label": step.label, "at": step.at.isoformat(), "about": step.about, "typing": typing}


def _step(row: dict[str, Any]) -> Unsaved:
    typing = Typing(**{name: str(value) for name, value in row["typing"].items()}) if row["typing"] else None
    return Unsaved(str(row["label"]), datetime.fromisoformat(row["at"]), str(row["about"]), typing)
