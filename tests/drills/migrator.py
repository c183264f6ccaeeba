"""Opens libraries, each in a process of its own that kills itself at a statement of SQL.

python migrator.py [careless]      reads lines of JSON: the statement to stop at, the library, the data folder, and how
                                   many virtual instructions a statement is (0: it is a statement of SQL)
For each it says on stdout “killed”, or the first words of all the statements there were, in JSON. `careless` leaves the
transaction of the migration out.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

# Loaded once: each process is a copy of this one.
import alembic.operations
import alembic.runtime.migration  # noqa: F401

from annotator.services.library import Library

connect = sqlite3.connect


class Careless(sqlite3.Connection):
    """Commits every statement by itself."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        return super().execute(
            "SELECT 1" if sql in ("BEGIN EXCLUSIVE", "COMMIT", "ROLLBACK") else sql, *values
        )


def open_until(stop: int, library: str, data: str, every: int, careless: bool) -> list[str]:
    """Open a library, and kill this process at a statement; those there were, if there are fewer."""
    done: list[str] = []

    def step(statement: str = "") -> None:
        done.append(statement[:40])
        if len(done) == stop:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(*args: Any, **options: Any) -> sqlite3.Connection:
        if careless:
            options["factory"] = Careless
        connection = connect(*args, **options)
        if every:
            connection.set_progress_handler(step, every)
        else:
            connection.set_trace_callback(step)
        return connection

    sqlite3.connect = traced  # type: ignore[assignment]
    Library.open(Path(library), data_folder=Path(data)).close()
    return done


def main(careless: bool) -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                print(json.dumps(open_until(*json.loads(line), careless)), flush=True)  # noqa: T201 - the answer
                status = 0
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        if status:
            killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            print("killed" if killed else "failed", flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main(careless=sys.argv[1:] == ["careless"])
