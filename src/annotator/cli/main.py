"""Runs a command line: picks the command, turns every outcome into an exit code and every trouble into a line."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from annotator import __version__
from annotator.cli.frame import LazyGroup, common_options
from annotator.cli.session import Session
from annotator.cli.words import COMMANDS
from annotator.errors import UserError

if TYPE_CHECKING:
    from annotator.services.library import Environment

DONE, REFUSED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
_HELP = """Read arguments, tag their claims, link them to sources, rate them, export the result.

Without a command the window opens, with the files given imported. A file named like a command is “./claims”.

The library is that of --library, else of the variable ANNOTATOR_LIBRARY, else the one in the data folder. Importing
articles, adding sources and tags, and restoring a backup make a library where there is none; all other commands never
do. Lists are empty while the data folder has no library; a library that was named and isn't there is an error.

Ids may be shortened while they are unique. ARTICLE is also an exact title, SOURCE a citation key or a title.

Exit codes: 0 done, 1 refused or partly failed, 2 wrong usage. The answer is on stdout, messages are on stderr.
"""


def run(arguments: Sequence[str], environment: Environment | None = None) -> int:
    """Run one command; the exit code: 0 done, 1 refused or partly failed, 2 wrong usage. Never raises.

    `environment` gives the clock, the ids and who works; without it they are the real ones.
    """
    session = Session(environment)
    try:
        code = _commands().main(
            args=list(arguments), prog_name="annotator", standalone_mode=False, obj=session
        )
    except click.UsageError as error:
        return _wrong_usage(session, error)
    except click.ClickException as error:
        session.say(error.format_message())
        return REFUSED
    except UserError as trouble:
        session.say(str(trouble))
        return REFUSED
    except (click.Abort, KeyboardInterrupt):
        session.say("Interrupted. What was finished before is kept.")
        return INTERRUPTED
    except OSError as error:
        session.say(f"This computer refused: {error}. What was saved before is kept.")
        return REFUSED
    except SystemExit as ending:  # click's own, when nobody reads its help any more
        return ending.code if isinstance(ending.code, int) else REFUSED
    except Exception as error:  # noqa: BLE001 - whatever is left is a bug, and people get a line instead of a trace
        session.say(_bug(session, error))
        return REFUSED
    if isinstance(code, int) and code:
        return code
    return REFUSED if session.failed else DONE


def _commands() -> click.Group:
    commands = LazyGroup(
        "annotator", places=COMMANDS, help=_HELP, params=common_options(), no_args_is_help=False
    )
    return click.version_option(__version__, message="annotator %(version)s")(commands)


def _wrong_usage(session: Session, error: click.UsageError) -> int:
    path = error.ctx.command_path if error.ctx else "annotator"
    what = error.format_message().rstrip(".")
    session.say(f"{what}. Nothing was changed. “{path} --help” shows how it is used.")
    return WRONG_USAGE


def _bug(session: Session, error: Exception) -> str:
    """One line about a bug; the trace goes to a file in the data folder."""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    folder = session.data_folder / "crashes"
    file = folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    report = f"annotator {__version__}\n{''.join(traceback.format_exception(error))}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(report, encoding="utf-8", errors="backslashreplace")
    except OSError as trouble:
        return f"This is a bug in annotator: {what}; details could not be written ({trouble})."
    return f"This is a bug in annotator: {what}; details in {file}"
