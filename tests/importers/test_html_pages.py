"""Pages as the web has them: the article and nothing else, and what the page says of it."""

from __future__ import annotations

import pytest
from tests.importers.pages.collected import not_tuned_on, second_round, third_round, tuned_on
from tests.importers.pages.measure import trafilatura_is_right
from tests.importers.pages.page import Page, body_f1

from annotator.domain.article import ImportedArticle
from annotator.importers.base import ImportHints
from annotator.importers.html.importer import IMPORTER

TUNED, HELD_OUT, SECOND, THIRD = tuned_on(), not_tuned_on(), second_round(), third_round()
ROUNDS = (TUNED, HELD_OUT, SECOND, THIRD)
EVERY = (*TUNED, *HELD_OUT, *SECOND, *THIRD)


def read(page: Page) -> ImportedArticle:
    return IMPORTER.read(page.data, ImportHints(f"{page.name}.html"))


def f1(page: Page) -> float:
    return body_f1(read(page).text, "\n".join(page.body))[2]


def test_there_are_pages_enough_to_say_something() -> None:
    assert len(TUNED) >= 40
    assert len(HELD_OUT) >= 10
    assert len(SECOND) + len(THIRD) >= 30
    assert len({page.name for page in EVERY}) == len(EVERY)


@pytest.mark.parametrize("page", EVERY, ids=lambda page: page.name)
def test_the_text_of_a_page_is_its_article(page: Page) -> None:
    assert f1(page) >= 0.95


@pytest.mark.parametrize("pages", ROUNDS, ids=["tuned-on", "held-out", "second", "third"])
def test_on_average_hardly_a_word_is_wrong(pages: tuple[Page, ...]) -> None:
    assert sum(map(f1, pages)) / len(pages) >= 0.985


@pytest.mark.parametrize("page", [*TUNED, *SECOND], ids=lambda page: page.name)
def test_title_authors_and_date_are_those_of_the_page(page: Page) -> None:
    article = read(page)
    assert (article.title, article.authors, article.published_on) == (page.title, page.authors, page.date)


def test_metadata_is_no_worse_than_what_trafilatura_finds() -> None:
    for pages in ROUNDS:
        articles = [read(page) for page in pages]
        ours = (
            sum(article.title == page.title for article, page in zip(articles, pages, strict=True)),
            sum(article.authors == page.authors for article, page in zip(articles, pages, strict=True)),
            sum(article.published_on == page.date for article, page in zip(articles, pages, strict=True)),
        )
        theirs = [sum(hits) for hits in zip(*map(trafilatura_is_right, pages), strict=True)]
        assert all(our >= their for our, their in zip(ours, theirs, strict=True))


def test_the_measure_sees_what_is_too_much_and_what_is_missing() -> None:
    true = "one two three four five six seven eight"
    assert body_f1(true, true) == (1.0, 1.0, pytest.approx(1.0))
    assert body_f1(f"{true} nine ten eleven", true)[0] < 0.7
    assert body_f1("one two three four", true)[1] < 0.3
    assert body_f1("completely other words stand here", true)[2] == 0
