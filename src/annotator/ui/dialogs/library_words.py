"""How backups, differences and the things in a library are put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from annotator.services.backups import Backup, Counts, Difference, Reason

_ICONS = {
    "article": "book-open",
    "article_text": "file-text",
    "attachment": "file-text",
    "annotation": "highlighter",
    "claim": "flag",
    "claim_relation": "waypoints",
    "question": "circle-question-mark",
    "answer": "message-square-quote",
    "rating": "scale",
    "source": "library",
    "evidence": "link",
    "tag": "tag",
    "scale": "sliders-horizontal",
    "draft": "pencil",
    "setting": "settings",
    "edit": "history",
    "change": "history",
    "file": "archive",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("LibraryWords", text)


def kind_icon(kind: str) -> str:
    """The name of the icon for a kind of thing."""
    return _ICONS.get(kind, "file-text")


def _words(kind: str) -> tuple[str, str]:
    """One thing of a kind, and several."""
    tr = QCoreApplication.translate
    words = {
        "article": (tr("LibraryWords", "article"), tr("LibraryWords", "articles")),
        "article_text": (tr("LibraryWords", "text"), tr("LibraryWords", "texts")),
        "attachment": (tr("LibraryWords", "original file"), tr("LibraryWords", "original files")),
        "annotation": (tr("LibraryWords", "annotation"), tr("LibraryWords", "annotations")),
        "claim": (tr("LibraryWords", "claim"), tr("LibraryWords", "claims")),
        "claim_relation": (
            tr("LibraryWords", "relation between claims"),
            tr("LibraryWords", "relations between claims"),
        ),
        "question": (tr("LibraryWords", "question"), tr("LibraryWords", "questions")),
        "answer": (tr("LibraryWords", "answer"), tr("LibraryWords", "answers")),
        "rating": (tr("LibraryWords", "rating"), tr("LibraryWords", "ratings")),
        "source": (tr("LibraryWords", "source"), tr("LibraryWords", "sources")),
        "evidence": (tr("LibraryWords", "evidence link"), tr("LibraryWords", "evidence links")),
        "tag": (tr("LibraryWords", "tag"), tr("LibraryWords", "tags")),
        "scale": (tr("LibraryWords", "scale of verdicts"), tr("LibraryWords", "scales of verdicts")),
        "draft": (tr("LibraryWords", "draft"), tr("LibraryWords", "drafts")),
        "setting": (tr("LibraryWords", "reading position"), tr("LibraryWords", "reading positions")),
        "edit": (tr("LibraryWords", "step of the history"), tr("LibraryWords", "steps of the history")),
        "change": (
            tr("LibraryWords", "change in the history"),
            tr("LibraryWords", "changes in the history"),
        ),
        "file": (tr("LibraryWords", "library file"), tr("LibraryWords", "library files")),
    }
    plain = kind.replace("_", " ")
    return words.get(kind, (plain, plain))


def kind_title(kind: str) -> str:
    """Many things of a kind, as a heading: "Claims"."""
    one, several = _words(kind)
    return _capital(one if kind == "file" else several)


def number(many: int) -> str:
    """A number as it is written here: "1,204"."""
    return QLocale().toString(many)


def counted(kind: str, many: int) -> str:
    """How many things of a kind: "1 claim", "1,204 claims"."""
    return f"{number(many)} {_words(kind)[many != 1]}"


def moment(at: datetime, now: datetime | None = None) -> str:
    """A moment in local time: "Today, 14:32", "24 November 2026, 14:32"."""
    at = at.astimezone()
    today = (now or datetime.now().astimezone()).date()
    time = QLocale().toString(QTime(at.hour, at.minute), "HH:mm")
    days = (today - at.date()).days
    if days in (0, 1):
        word = _tr("Yesterday, {time}") if days else _tr("Today, {time}")
        return word.format(time=time)
    date = QLocale().toString(QDate(at.year, at.month, at.day), "d MMMM yyyy")
    return f"{date}, {time}"


def inside(said: str) -> str:
    """A moment inside of a sentence: "today, 14:32"."""
    return said[:1].lower() + said[1:]


def size(many: int) -> str:
    """The size of a file: "1.2 MB"."""
    return QLocale().formattedDataSize(many, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def reason(why: Reason) -> str:
    """Why a backup was made."""
    return {
        Reason.OPEN: _tr("At opening"),
        Reason.WORK: _tr("After half an hour of work"),
        Reason.MIGRATION: _tr("Before a change of the file's format"),
        Reason.BULK: _tr("Before a change of many things"),
        Reason.RESTORE: _tr("Before restoring"),
        Reason.ASKED: _tr("Asked for"),
        Reason.FOUND: _tr("Found in the folder"),
    }[why]


def holds(counts: Counts) -> str:
    """What is in a library: "3 articles · 140 claims · 33 sources · 1,204 steps"."""
    return " · ".join(
        (
            counted("article", counts.articles),
            counted("claim", counts.claims),
            counted("source", counts.sources),
            steps(counts.edits),
        )
    )


def count_rows(counts: Counts) -> list[tuple[str, int]]:
    """What is in a library, with a title for each number."""
    titles = {
        "articles": kind_title("article"),
        "claims": kind_title("claim"),
        "sources": kind_title("source"),
        "annotations": kind_title("annotation"),
        "edits": _tr("Steps"),
    }
    return [(titles[name], many) for name, many in asdict(counts).items()]


def steps(many: int) -> str:
    """How many steps of the history: "1 step", "1,204 steps"."""
    return (_tr("{n} step") if many == 1 else _tr("{n} steps")).format(n=number(many))


def spoken(backup: Backup) -> str:
    """A backup for those who can't see its row."""
    parts = [moment(backup.at), reason(backup.reason)]
    if backup.trouble:
        parts.append(_tr("Damaged: {trouble}").format(trouble=backup.trouble))
    else:
        parts.append(holds(backup.counts).replace(" · ", ", "))
    return ". ".join((*parts, size(backup.size)))


def difference(item: Difference) -> str:
    """What restoring would do to things of one kind: "12 claims come back, 3 change, 1 goes"."""
    verbs = (
        (item.added, _tr("comes back"), _tr("come back")),
        (item.changed, _tr("changes"), _tr("change")),
        (item.removed, _tr("goes"), _tr("go")),
    )
    parts: list[str] = []
    for many, one, several in verbs:
        if many:
            who = number(many) if parts else counted(item.kind, many)
            parts.append(f"{who} {one if many == 1 else several}")
    return ", ".join(parts)


def recovered(kind: str, *, saved: int, from_backup: int, lost: int | None, backup: Backup | None) -> str:
    """What became of things of one kind: "2,310 of 2,312 annotations, 14 of them from the backup of …; 2 lost"."""
    if lost is None and not saved:
        return _tr("{kind}: none can be read, if there were any").format(kind=kind_title(kind))
    if lost:
        total = saved + lost
        said = _tr("{saved} of {all}").format(saved=number(saved), all=counted(kind, total))
    else:
        said = counted(kind, saved)
    if from_backup and backup is not None:
        said += _tr(", {n} of them from the backup of {when}").format(
            n=number(from_backup), when=inside(moment(backup.at))
        )
    if lost is None:
        return said + _tr("; perhaps not all")
    return said + _tr("; {n} lost").format(n=number(lost)) if lost else said


def total(backups: Sequence[Backup]) -> str:
    """How many backups, and the room they take: "12 backups, 34.5 MB"."""
    many = len(backups)
    said = (_tr("{n} backup") if many == 1 else _tr("{n} backups")).format(n=number(many))
    return f"{said}, {size(sum(backup.size for backup in backups))}"


def sentence(text: str) -> str:
    """The end of a sentence as a sentence of its own."""
    said = _capital(text)
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
