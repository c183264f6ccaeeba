"""What all commands of one run share: which library, whose clock, and how answers and messages get out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator import paths
from annotator.errors import LibraryError, UserError
from annotator.settings import Settings

if TYPE_CHECKING:
    from annotator.services.library import Environment, Library


@dataclass(slots=True)
class Session:
    """One run. `failed`: a part was refused and the rest went on; `place_told`: its place was looked at."""

    environment: Environment | None = None
    library: Path | None = None
    data_dir: Path | None = None
    as_json: bool = False
    failed: bool = False
    place_told: bool = False

    @property
    def path(self) -> Path:
        """The library file to use; it need not exist."""
        return paths.library_path(self.library, data_dir=self.data_dir)

    @property
    def is_there(self) -> bool:
        """Whether there is a library; also where nobody can tell, so that opening it says why."""
        try:
            return self.path.exists()
        except OSError:
            return True

    @property
    def data_folder(self) -> Path:
        """Where settings and reports of crashes lie."""
        return paths.data_folder(self.data_dir)

    @property
    def is_named(self) -> bool:
        """Whether somebody named this very library, rather than leaving it to the data folder."""
        return self.library is not None or (
            self.data_dir is None and bool(os.environ.get("ANNOTATOR_LIBRARY"))
        )

    @contextmanager
    def opened(self, *, create: bool = False, writes: bool = False, check: bool = True) -> Iterator[Library]:
        """The library, closed at the end; with `create`, a new one where there is none.

        With `writes` or `create` it is to be changed: one that can only be read is refused, and one that lies in a bad
        place is spoken of. Without `check` a damaged one is opened too, as far as it can be.

        Raises:
            LibraryError: it can't be opened, or isn't there.
        """
        # Waits for here because the database takes longer to load than all the rest.
        from annotator.services.library import Environment, Library, broken_words  # noqa: PLC0415

        if not create and not self.is_there:
            raise LibraryError(
                f"There is no library “{self.path}”.",
                kept="None was made.",
                todo="Check its name; importing an article or adding a source makes a new one.",
            )
        user = Settings(self.data_folder / "settings.json").user_name
        environment = self.environment or Environment(user=user)
        with Library.open(self.path, environment, data_folder=self.data_folder, check=check) as library:
            if create or writes:
                library.require_writable()
                self.warn_of_place()
            try:
                yield library
            finally:
                if library.broken:
                    self.say(f"{broken_words(library.broken)} “annotator check” says which.")

    @contextmanager
    def opened_to_list(self) -> Iterator[Library | None]:
        """The library, or None before the first use: the one of the data folder doesn't exist then, and isn't made.

        Raises:
            LibraryError: as `opened`; and there is none of the name that was given.
        """
        if not self.is_named and not self.is_there:
            yield None
            return
        with self.opened() as library:
            yield library

    def answer(self, value: Any, text: str) -> None:
        """Write the answer: `value` with `--json`, else `text`, either ending in a line feed."""
        if self.as_json:
            write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
        elif text:
            write(text if text.endswith("\n") else text + "\n")

    def say(self, message: str) -> None:
        """A message for the person: one line on stderr."""
        if sys.stderr is not None:
            sys.stderr.write(f"annotator: {' '.join(message.split())}\n")
            sys.stderr.flush()

    def warn_of_place(self) -> None:
        """Say that the library lies where databases get damaged; once in a run."""
        from annotator.services.places import warning_for  # noqa: PLC0415 - only for what writes

        place = None if self.place_told else warning_for(self.path)
        self.place_told = True
        if place is not None:
            self.say(str(place))

    def refuse(self, trouble: UserError) -> None:
        """Say what was refused and go on; the run ends with exit code 1."""
        self.failed = True
        self.say(str(trouble))


def write(text: str) -> None:
    """Put `text` on stdout as it is: UTF-8 and line feeds whatever the system's habits, nothing added.

    When the reader has gone away (`annotator claims | head -1`), the rest is dropped without a word.

    Raises:
        UserError: stdout can't be written to.
    """
    # Only names of files can hold what UTF-8 can't; written so, it is right in JSON too.
    write_bytes(text.encode("utf-8", "backslashreplace"))


def write_bytes(data: bytes) -> None:
    """Put bytes on stdout; see `write`.

    Raises:
        UserError: stdout can't be written to.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _drop_rest()
    except OSError as error:
        _drop_rest()
        raise UserError(
            f"The answer could not be written: {error.strerror or error}.",
            kept="What was asked for in the library is done.",
        ) from error


def _drop_rest() -> None:
    """Send what stdout still holds nowhere: trying again at the end would change the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
