"""What trafilatura makes of a page's metadata: asked where the page says nothing that we understand."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace

from annotator.importers.bylines import named_people
from annotator.importers.html.events import MAX_DEPTH, TEXT, Event, limited
from annotator.importers.html.metadata import PageMetadata, without_site

_MOST = 120_000  # characters it is shown; names and dates stand at the top
_MONTHS = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
)


def with_second_opinion(page: PageMetadata, html: str, events: Sequence[Event]) -> PageMetadata:
    """`page` with title, authors, date and outlet that trafilatura finds, for what is missing."""
    if page.title and page.authors and page.published_on:
        return page
    try:
        from trafilatura.metadata import extract_metadata  # noqa: PLC0415 - slow to import

        for name in ("trafilatura", "htmldate"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what they can't read they would print
        said = extract_metadata(limited(html[:_MOST], MAX_DEPTH // 5), default_url=page.url or None)
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the page has a text
        return page
    names = [name for name in (said.author or "").split(";") if named_people(name.strip(), page.publication)]
    return replace(
        page,
        title=page.title or without_site(said.title or "", page.publication),
        authors=page.authors or tuple(dict.fromkeys(name.strip() for name in names)),
        published_on=page.published_on or _shown(said.date or "", page.url, events),
    )


def _shown(date: str, url: str, events: Sequence[Event]) -> str:
    """`date` where the page's address or a short line of it says so too: in a sentence it is about something else."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", date)
    if not match:
        return ""
    year, month, day = (int(part) for part in match.groups())
    forms = [
        date,
        date.replace("-", "/"),
        f"{day}.{month}.{year}",
        f"{day:02}.{month:02}.{year}",
        f"{month}/{day}/{year}",
    ]
    forms += [f"{day:02}/{month:02}/{year}", f"{month:02}/{day:02}/{year}", f"{day}/{month}/{year}"]
    for names in map(str.split, _MONTHS):
        for name in (names[month - 1], names[month - 1][:3]):
            forms += [
                f"{day} {name} {year}",
                f"{day}. {name} {year}",
                f"{name} {day}, {year}",
                f"{day:02} {name} {year}",
            ]
    if any(form in url for form in forms[:2]):
        return date
    lines = (event.value.casefold() for event in events if event.kind == TEXT and 6 <= len(event.value) <= 80)
    return date if any(form in line for line in lines if str(year) in line for form in forms) else ""
