"""`annotator recover`."""

from __future__ import annotations

from typing import Any

from annotator.cli.frame import command
from annotator.cli.session import Session
from annotator.cli.tables import table
from annotator.services.library import Environment
from annotator.services.recovering import Recovery, recover_library
from annotator.settings import Settings


@command("recover")
def recover(session: Session) -> None:
    """Put a damaged library together anew.

    Takes what can be read of it, and from the newest sound backup what can't. The damaged file is set aside untouched,
    and nothing is changed before the new one is complete. The library must not be open elsewhere. Ends with exit code
    1 when something is lost, or may be.
    """
    user = Settings(session.data_folder / "settings.json").user_name
    done = recover_library(
        session.path,
        data_folder=session.data_folder,
        environment=session.environment or Environment(user=user),
    )
    session.failed = not done.is_complete
    session.answer(_value(done), _text(done))
    session.say(f"The damaged library lies untouched in “{done.set_aside}”.")


def _value(done: Recovery) -> dict[str, Any]:
    return {
        "recovered": str(done.path),
        "set_aside": str(done.set_aside),
        "backup": done.backup.number if done.backup else None,
        "tables": [
            {"kind": item.name, "saved": item.saved, "from_backup": item.from_backup, "lost": item.lost}
            for item in done.tables
        ],
        "repaired": done.repaired,
        "problems": done.problems,
    }


def _text(done: Recovery) -> str:
    rows = [
        (item.name, item.saved, item.from_backup, "unknown" if item.lost is None else item.lost)
        for item in done.tables
    ]
    saved = sum(item.saved for item in done.tables)
    added = sum(item.from_backup for item in done.tables)
    backup = f"backup {done.backup.number}" if done.backup else "no backup, as there is no sound one of it"
    end = f"{saved} rows from the damaged library, {added} from {backup}."
    if done.repaired:
        end += f" {done.repaired} things were mended; “annotator undo” takes that back."
    if done.problems:
        end += f" “annotator check” names {done.problems} that can't be."
    return f"{table(('Kind', 'Saved', 'From backup', 'Lost'), rows)}\n{end}"
