"""Figures over the pages: `python -m tests.importers.pages.measure [held-out | second | third] [-v]`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from tests.importers.pages.collected import not_tuned_on, second_round, third_round, tuned_on
from tests.importers.pages.page import Page, body_f1

from annotator.importers.base import ImportHints
from annotator.importers.html.importer import IMPORTER


def report(pages: Sequence[Page], *, wrong: bool) -> Iterable[str]:
    """A line a page and the means."""
    scores, right, theirs = [], [0, 0, 0], [0, 0, 0]
    for page in pages:
        article = IMPORTER.read(page.data, ImportHints(f"{page.name}.html"))
        precision, recall, f1 = body_f1(article.text, "\n".join(page.body))
        scores.append(f1)
        found = (
            article.title == page.title,
            article.authors == page.authors,
            article.published_on == page.date,
        )
        right = [count + hit for count, hit in zip(right, found, strict=True)]
        theirs = [count + hit for count, hit in zip(theirs, trafilatura_is_right(page), strict=True)]
        yield f"{page.name:24} {precision:.3f} {recall:.3f} {f1:.3f}  {'' if all(found) else (article.title[:60], article.authors, article.published_on)}"
        if wrong and f1 < 0.9999:
            yield from different(article.text, page)
    yield f"{len(pages)} pages, F1 {sum(scores) / len(scores):.4f}, least {min(scores):.3f}; title, authors, date {right}, trafilatura {theirs}"


def different(text: str, page: Page) -> Iterable[str]:
    """Blocks too many and too few."""
    true = {" ".join(block.split()) for block in page.body}
    found = {" ".join(block.split()) for block in text.replace("\ufffc", "").split("\n")}
    yield from (f"    + {block[:150]}" for block in sorted(found - true) if block)
    yield from (f"    - {block[:150]}" for block in sorted(true - found))


def trafilatura_is_right(page: Page) -> tuple[bool, bool, bool]:
    """Whether trafilatura alone finds title, authors and date."""
    from trafilatura.metadata import extract_metadata

    said = extract_metadata(page.data.decode(page.encoding))
    names = tuple(name.strip() for name in (said.author or "").split(";") if name.strip())
    return (said.title or "") == page.title, names == page.authors, (said.date or "") == page.date


if __name__ == "__main__":
    chosen = {"held-out": not_tuned_on, "second": second_round, "third": third_round}.get(
        "".join(sys.argv[1:2]), tuned_on
    )
    sys.stdout.write("\n".join(report(chosen(), wrong="-v" in sys.argv)) + "\n")
