"""`annotator backup` and `restore`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from annotator.cli.frame import FILE, command, usage
from annotator.cli.session import Session
from annotator.cli.tables import pairs, table
from annotator.errors import LibraryError, NewerLibrary, NotFound
from annotator.services import backups as use_cases
from annotator.services.backups import Backup, Difference, Restored


@command("backup")
@click.option("--list", "listing", is_flag=True, help="List the backups there are; make none.")
@click.option("--plain", type=FILE, metavar="FILE", help="Write everything as one JSON file instead.")
@click.option("--force", is_flag=True, help="With --plain: replace a file that is there already.")
def backup(session: Session, listing: bool, plain: Path | None, force: bool) -> None:
    """Back up the library, or list its backups.

    A backup is checked when it is made. While nothing was done since the last one, none is made. Of older ones the
    last three stay, and one of each of the last 12 days, 10 weeks and 9 months. With --plain, write a copy of
    everything that needs no program to be read.
    """
    if listing and plain is not None:
        raise usage("--list and --plain don't go together.")
    if listing:
        _list(session)
    elif plain is not None:
        _write_plainly(session, plain, force=force)
    else:
        _make(session)


def _make(session: Session) -> None:
    with session.opened(check=False) as library:
        made = use_cases.make_backup(library, data_folder=session.data_folder)
        found = made or use_cases.list_backups(library.path, data_folder=session.data_folder)[0]
    if made is None:
        session.say(f"Nothing was done since backup {found.number}, so no other one was made.")
    answer = {
        "backup": found.number,
        "made": made is not None,
        "counts": asdict(found.counts),
        "path": str(found.path),
    }
    session.answer(answer, f"{found.number}  {found.path}")


def _list(session: Session) -> None:
    found = use_cases.list_backups(session.path, data_folder=session.data_folder, thorough=True)
    for item in found:
        if item.trouble:
            session.say(f"Backup {item.number} is damaged: {item.trouble}. It is never used.")
    rows = [
        (
            item.number,
            f"{item.at:%Y-%m-%d %H:%M}",
            item.reason.value if not item.trouble else "damaged",
            *asdict(item.counts).values(),
            f"{item.size / 1e6:.1f} MB",
        )
        for item in found
    ]
    head = ("Backup", "When (UTC)", "Why", "Articles", "Claims", "Sources", "Annotations", "Steps", "Size")
    session.answer(
        [_row(item) for item in found], table(head, rows, nothing="There are no backups of this library yet.")
    )


def _row(item: Backup) -> dict[str, Any]:
    return {
        "backup": item.number,
        "at": item.at.isoformat(),
        "reason": item.reason.value,
        "counts": asdict(item.counts),
        "bytes": item.size,
        "path": str(item.path),
        "trouble": item.trouble,
    }


def _write_plainly(session: Session, path: Path, *, force: bool) -> None:
    if path.is_dir() or (path.exists() and not force):
        what = "is a folder" if path.is_dir() else "exists already"
        raise LibraryError(
            f"“{path}” {what}.",
            kept="It was not changed.",
            todo="Give another name, or --force to replace a file.",
        )
    with session.opened(check=False) as library:
        if path.exists() and path.samefile(library.path):
            raise LibraryError(f"“{path}” is the library itself.", kept="It was not changed.")
        written = use_cases.write_plain_copy(library, path)
    session.answer({"plain": str(path), "written": written}, str(path))


@command("restore")
@click.argument("backup", metavar="FILE|NUMBER", type=FILE)
@click.option("--dry-run", is_flag=True, help="Only tell what would come back, change and go.")
def restore(session: Session, backup: Path, dry_run: bool) -> None:
    """Bring back the state of a backup, or of another library.

    NUMBER is one of “annotator backup --list”. The state the library has now is backed up first, and a damaged library
    is set aside, so nothing is lost. The library must not be open elsewhere.
    """
    source = _source(session, backup)
    differences = _differences(session, source)
    done: Restored | None = None
    if not dry_run:
        session.warn_of_place()
        done = use_cases.restore_file(
            session.path, source, data_folder=session.data_folder, environment=session.environment
        )
    answer = {
        "restored": str(source),
        "dry_run": dry_run,
        "before": done.before.number if done and done.before else None,
        "set_aside": str(done.set_aside) if done and done.set_aside else None,
        "counts": asdict(done.counts) if done else None,
        "differences": None if differences is None else [asdict(item) for item in differences],
    }
    session.answer(answer, _told(source, differences, done))
    if done and done.before:
        session.say(f"What the library was before is backup {done.before.number}.")
    if done and done.set_aside:
        session.say(f"The library was damaged; it lies untouched in “{done.set_aside}”.")


def _source(session: Session, named: Path) -> Path:
    words = str(named)
    if words.isascii() and words.isdigit():
        return use_cases.get_backup(session.path, int(words), data_folder=session.data_folder).path
    if not named.is_file():
        raise NotFound(
            f"There is no file “{named}”.",
            kept="Nothing was changed.",
            todo="“annotator backup --list” lists the backups by number.",
        )
    return named


def _differences(session: Session, source: Path) -> tuple[Difference, ...] | None:
    """What restoring would do; None when there is no library that could be compared."""
    if not session.path.exists():
        return None
    try:
        with session.opened(check=False) as library:
            return use_cases.difference(library, source)
    except NewerLibrary:
        raise
    except LibraryError as trouble:
        session.say(f"The library can't be compared: {trouble.what}")
        return None


def _told(source: Path, differences: tuple[Difference, ...] | None, done: Restored | None) -> str:
    if done:
        return pairs([("Restored", source), *asdict(done.counts).items()])
    rows = [(item.kind, item.added, item.changed, item.removed) for item in differences or ()]
    return table(("Kind", "Come back", "Change", "Go"), rows, nothing="Nothing would change.")
