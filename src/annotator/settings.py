"""Settings of the program on this computer, declared once: name, default, bounds and help."""

from __future__ import annotations

import getpass
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting. `choices` or `bounds` limit its value when given."""

    name: str
    default: Any
    help: str
    choices: tuple[Any, ...] = ()
    bounds: tuple[int, int] | None = None

    def check(self, value: Any) -> Any:
        """`value` when it is allowed.

        Raises:
            InvalidValue: it isn't.
        """
        fits = type(value) is type(self.default)
        fits = fits and (not self.choices or value in self.choices)
        fits = fits and (self.bounds is None or self.bounds[0] <= value <= self.bounds[1])
        if not fits:
            raise InvalidValue(
                f"“{value}” is not possible for the setting “{self.name}”.", kept="The old value stays."
            )
        return value


READING_SIZES = (15, 16, 17, 18, 19, 21, 23, 26, 30)
LINE_HEIGHTS = (1.4, 1.5, 1.63, 1.75, 1.9)
FACES = ("Literata", "Source Serif 4", "Atkinson Hyperlegible Next")
DECLARED = (
    Declared("theme", "light", "Colours of the window.", choices=("system", "light", "sepia", "dark")),
    Declared("contrast", "system", "How strong colours differ.", choices=("system", "normal", "high")),
    Declared("motion", "system", "Whether things move.", choices=("system", "full", "reduced")),
    Declared("reading_face", "Literata", "Face of the reading text.", choices=FACES),
    Declared(
        "reading_size",
        19,
        "Size of the reading text in pixels.",
        choices=READING_SIZES,
    ),
    Declared("line_height", 1.63, "Height of a line of reading text, in sizes.", choices=LINE_HEIGHTS),
    Declared("measure", 660, "Width of the text column in pixels.", bounds=(520, 820)),
    Declared("user_name", "", "Who made an edit, as the history and ratings name it; empty: the login name."),
    Declared("window", "", "Where the window was and what it showed; kept by the program."),
    Declared(
        "selection_bar",
        "always",
        "When the bar over a selection appears.",
        choices=("always", "mouse", "never"),
    ),
    Declared("single_keys", True, "Whether keys without Ctrl or Alt do something in the text."),
    Declared("keys", {}, "Keys of commands in the text, in place of the usual ones."),
    Declared(
        "import_preview",
        "when unsure",
        "When a single article is shown before it is added.",
        choices=("always", "when unsure", "never"),
    ),
)
_BY_NAME = {declared.name: declared for declared in DECLARED}


class Settings:
    """Reads and writes the settings file, a small JSON object. A damaged file counts as empty and is not an error."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._values: dict[str, Any] = {}
        if file is not None:
            try:
                stored = json.loads(file.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                stored = {}
            for name, value in stored.items() if isinstance(stored, dict) else ():
                if name in _BY_NAME:
                    try:
                        self._values[name] = _BY_NAME[name].check(value)
                    except InvalidValue:
                        continue

    def get(self, name: str) -> Any:
        """The value of a declared setting."""
        return self._values.get(name, _BY_NAME[name].default)

    def default(self, name: str) -> Any:
        """What a declared setting is when nobody changed it."""
        return _BY_NAME[name].default

    def set(self, name: str, value: Any) -> None:
        """Check and keep a value, and write the file (new file, then replace); a disk that refuses is ignored,
        as the value still holds until the program ends."""
        self._values[name] = _BY_NAME[name].check(value)
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            temporary = self._file.with_suffix(".new")
            temporary.write_text(json.dumps(self._values, indent=1), encoding="utf-8")
            os.replace(temporary, self._file)
        except OSError:
            return

    @property
    def user_name(self) -> str:
        """Who works here: the setting, else the login name, else nobody."""
        if named := self.get("user_name"):
            return str(named)
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            return ""
