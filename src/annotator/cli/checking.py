"""`annotator check`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from annotator.cli.frame import FILE, command, usage
from annotator.cli.session import Session
from annotator.cli.tables import short, table
from annotator.services import checking
from annotator.services.checking import Problem, Report


@command("check")
@click.option("--repair", is_flag=True, help="Mend what can be mended; undo takes it back.")
@click.option("--salvage", type=FILE, metavar="NEW", help="Save what can be read into a new library.")
def check(session: Session, repair: bool, salvage: Path | None) -> None:
    """Check the library: the file, texts, anchors, references, history.

    Ends with exit code 1 while there are problems.
    """
    if salvage is not None:
        if repair:
            raise usage("--repair and --salvage don't go together")
        _salvage(session, salvage)
        return
    with session.opened(writes=repair, check=False) as library:
        mended = library.execute(checking.repair, label="Repair library").value if repair else ()
        report = library.read(checking.check)
    session.failed = bool(report.problems)
    session.answer(_value(report, mended), _text(report, mended))


def _salvage(session: Session, new: Path) -> None:
    saved = checking.salvage(session.path, new)
    other = Session(session.environment, library=new, data_dir=session.data_dir)
    with other.opened() as library:
        report = library.read(checking.check)
    rows = [{"kind": item.name, "saved": item.saved, "lost": item.lost} for item in saved.tables]
    session.failed = bool(report.problems) or any(item.lost != 0 for item in saved.tables)
    head = ("Kind", "Saved", "Lost")
    shown = [(item.name, item.saved, "unknown" if item.lost is None else item.lost) for item in saved.tables]
    text = f"{table(head, shown)}\n{saved.saved} rows saved into {new}.\n{_text(report, ())}"
    session.answer({"salvaged": rows, "file": str(new), **_value(report, ())}, text)


def _value(report: Report, mended: tuple[Problem, ...]) -> dict[str, Any]:
    return {
        "problems": [_problem(item) for item in report.problems],
        "repaired": [_problem(item) for item in mended],
        "checked": [{"kind": kind, "rows": rows} for kind, rows in report.checked],
    }


def _problem(item: Problem) -> dict[str, Any]:
    return {"kind": item.kind, "id": item.id, "what": item.what, "repairable": item.repairable}


def _text(report: Report, mended: tuple[Problem, ...]) -> str:
    head = ("Kind", "Id", "What is wrong", "")
    rows = [
        (item.kind, short(item.id), item.what, "repairable" if item.repairable else "")
        for item in report.problems
    ]
    rows += [(item.kind, short(item.id), item.what, "repaired") for item in mended]
    counted = sum(rows for _, rows in report.checked)
    count = len(report.problems)
    words = "No problems" if not count else "1 problem" if count == 1 else f"{count} problems"
    end = f"{words}; {counted} rows checked."
    if report.repairable:
        end += f" “annotator check --repair” mends {report.repairable} of them."
    elif any(item.kind == "file" for item in report.problems):
        end += " “annotator check --salvage NEW” saves what can be read."
    return "\n".join(part for part in (table(head, rows), end) if part)
