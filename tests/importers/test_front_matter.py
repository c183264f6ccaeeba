"""The facts at the top of a Markdown file, as several programs write them."""

from __future__ import annotations

import pytest

from annotator.importers.base import ImportHints
from annotator.importers.markdown.front_matter import split_front_matter
from annotator.importers.markdown.importer import IMPORTER


def values(lines: str) -> dict[str, object]:
    found, body = split_front_matter(f"---\n{lines}\n---\nText")
    assert body == "Text"
    return dict(found)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("title: Foo: bar # not this", {"title": "Foo: bar"}),
        ("title: 'It''s' # c", {"title": "It's"}),
        ('title: "a # b \\"c\\""', {"title": 'a # b "c"'}),
        ("a: >\n  one\n  two\n\n  three\nb: x", {"a": "one two\nthree", "b": "x"}),
        ("a: |\n  one\n    two\n", {"a": "one\n  two"}),
        ('a: "one\n  two: three"', {"a": "one two: three"}),
        ("a:\n- one\n- two", {"a": ["one", "two"]}),
        ("a: [one, 'two, three',\n  four]", {"a": ["one", "two, three", "four"]}),
        ("a: {b: one, c: [d, e]}", {"a": {"b": "one", "c": ["d", "e"]}}),
        ("a:\n  b:\n    c: d\ne: f", {"a": {"b": {"c": "d"}}, "e": "f"}),
        ("a:\n  - b: one\n    c: two\n  - b: three", {"a": [{"b": "one", "c": "two"}, {"b": "three"}]}),
        ("a:\nb: ''", {"a": "", "b": ""}),
        ('# only\n"a b": c', {"a b": "c"}),
    ],
)
def test_values(lines: str, expected: dict[str, object]) -> None:
    assert values(lines) == expected


@pytest.mark.parametrize("fence", ["---", "+++"])
@pytest.mark.parametrize(
    "lines", ["Some words", "a: b\na: c", "a: b\nwords behind", "  a: b\n c: d", "a = 'b"]
)
def test_what_is_something_else_stays_text(fence: str, lines: str) -> None:
    text = f"{fence}\n{lines}\n{fence}\nText"
    assert split_front_matter(text) == ({}, text)


def test_toml() -> None:
    text = "+++\ntitle = 'T'\ndate = 2024-03-01T10:00:00Z\ndraft = true\nn = 3\ntags = ['a']\n[author]\nname = 'Ann'\n+++\nx"
    article = IMPORTER.read(text.encode(), ImportHints("a.md"))
    assert (article.title, article.authors, article.published_on) == ("T", ("Ann",), "2024-03-01")
    assert article.extra["draft"] == "true"
    assert article.extra["tags"] == ["a"]
    assert article.text == "T\nx"


@pytest.mark.parametrize(
    "lines",
    [
        "author:\n  - name: Ann Lee\n    affiliation: X\n  - Bo Chan",
        "author:\n  - name:\n      given: Ann\n      family: Lee\n  - name: {first: Bo, last: Chan}",
        "authors: ['Ann Lee', 'Bo Chan']",
        "by: Ann Lee and Bo Chan",
        "author:\n- '[[Ann Lee]]'\n- \"[[People/Bo|Bo Chan]]\"",
        "authors:\n  ann: {name: Ann Lee}\n  bo: {name: Bo Chan}",
    ],
)
def test_authors_in_every_form(lines: str) -> None:
    article = IMPORTER.read(f"---\n{lines}\n---\nx".encode(), ImportHints("a.md"))
    assert article.authors == ("Ann Lee", "Bo Chan")


def test_a_source_may_be_an_address_and_unknown_members_are_kept() -> None:
    text = "---\nsource: https://x.example/a\ncreated: 2024-05-06\nformat:\n  html:\n    toc: true\n---\nx"
    article = IMPORTER.read(text.encode(), ImportHints("a.md"))
    assert (article.url, article.publication, article.published_on) == (
        "https://x.example/a",
        "",
        "2024-05-06",
    )
    assert article.extra["format"] == {"html": {"toc": "true"}}


def test_members_nested_by_the_thousand_are_no_trouble() -> None:
    lines = "\n".join(f"{' ' * n}k:" for n in range(400))
    split_front_matter(f"---\n{lines}\n---\nText")
