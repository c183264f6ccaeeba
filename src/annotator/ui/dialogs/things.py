"""How the things of a library, and the times something happened to them, are put into words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime


def kind_word(kind: str) -> str:
    """What one thing of a kind is called."""
    words = {
        "article": QCoreApplication.translate("Things", "Article"),
        "article_text": QCoreApplication.translate("Things", "Text"),
        "attachment": QCoreApplication.translate("Things", "File"),
        "claim": QCoreApplication.translate("Things", "Claim"),
        "claim_relation": QCoreApplication.translate("Things", "Relation"),
        "question": QCoreApplication.translate("Things", "Question"),
        "answer": QCoreApplication.translate("Things", "Answer"),
        "annotation": QCoreApplication.translate("Things", "Passage"),
        "evidence": QCoreApplication.translate("Things", "Evidence"),
        "rating": QCoreApplication.translate("Things", "Rating"),
        "scale": QCoreApplication.translate("Things", "Scale"),
        "source": QCoreApplication.translate("Things", "Source"),
        "tag": QCoreApplication.translate("Things", "Tag"),
    }
    return words.get(kind) or kind.replace("_", " ").capitalize()


def things(count: int) -> str:
    """So many things of any kind."""
    if count == 1:
        return QCoreApplication.translate("Things", "1 thing")
    return QCoreApplication.translate("Things", "%n things", "", count)


def quoted(name: str, most: int = 60) -> str:
    """A name on one line in quotation marks, shortened at a word where it can be."""
    flat = " ".join(name.split())
    if len(flat) > most:
        cut = flat[: most - 1]
        at_word = cut.rpartition(" ")[0]
        flat = (at_word if len(at_word) > most // 2 else cut).rstrip() + "…"
    return f"“{flat}”"


def local(at: datetime) -> datetime:
    """A stored time as the clock on the wall showed it."""
    return at.astimezone()


def clock(at: datetime) -> str:
    """The time of day: "14:32"."""
    here = local(at)
    return QLocale().toString(QTime(here.hour, here.minute), "HH:mm")


def day(at: datetime) -> str:
    """The date: "24 November 2026"."""
    here = local(at)
    return QLocale().toString(QDate(here.year, here.month, here.day), "d MMMM yyyy")


def day_heading(at: datetime, today: date) -> str:
    """The day above the things of a day: "Today", "Yesterday", else weekday and date."""
    here = local(at)
    if here.date() == today:
        return QCoreApplication.translate("Things", "Today")
    if here.date() == today - timedelta(days=1):
        return QCoreApplication.translate("Things", "Yesterday")
    return QLocale().toString(QDate(here.year, here.month, here.day), "dddd, d MMMM yyyy")


def when(at: datetime, today: date) -> str:
    """Today's time as "14:32", else with the date: "24 November 2026, 14:32"."""
    return clock(at) if local(at).date() == today else f"{day(at)}, {clock(at)}"


def in_a_sentence(at: datetime) -> str:
    """A moment within a sentence: "14:32 on 24 November 2026"."""
    return QCoreApplication.translate("Things", "{time} on {day}").format(time=clock(at), day=day(at))


def in_a_label(at: datetime) -> str:
    """A moment in the name of a step, which is read on other days too: "24 November 2026, 14:32"."""
    return f"{day(at)}, {clock(at)}"
