"""Markdown as people write it, block by block."""

from __future__ import annotations

import pytest
from tests.importers.outlines import outline

from annotator.domain.article import ImportedArticle, MarkKind
from annotator.importers.base import ImportHints
from annotator.importers.markdown.importer import IMPORTER


def read(text: str) -> ImportedArticle:
    return IMPORTER.read(text.encode(), ImportHints("essay.md"))


CASES = {
    "task lists": (
        "- [ ] open\n- [x] done\n  - [X] *below*\n\n1. [ ] first",
        ["li1 ☐ open", "li1 ☑ done", "li2 ☑ below", "li1 1. ☐ first"],
    ),
    "a list of another kind begins at once": ("- a\n1. b\n2. c\n- d", ["li1 • a", "li1 1. b", "li1 2. c", "li1 • d"]),
    "a loose list": ("3. three\n\n   more\n\n4. four", ["li1 3. three", "li1 more", "li1 4. four"]),
    "a callout with a title": ("> [!note]- Trams *at* night\n> body", ["q1 Trams at night", "q1 body"]),
    "a callout without one": ("> [!warning]\n> - one\n>   - two", ["q1 Warning", "q>li1 • one", "q>li2 • two"]),
    "an admonition": (
        '!!! note "Trams"\n    Words\n\n    - item\n\nafter',
        ["q1 Trams", "q1 Words", "q>li1 • item", "p after"],
    ),
    "three marks of exclamation": ("!!! Note that this is so\n\nx", ["p !!! Note that this is so", "p x"]),
    "definitions": (
        "Term\n: One\n  goes on\n: Two\nOther\n: Three\n\nLast\n\n:   Four",
        ["p Term", "li1 One goes on", "li1 Two", "p Other", "li1 Three", "p Last", "li1 Four"],
    ),
    "abbreviations": (
        "The HTML.\n\n*[HTML]: Hyper Text\n*[CSS]: Sheets",
        ["p The HTML.", "p HTML: Hyper Text", "p CSS: Sheets"],
    ),
    "a table under a paragraph": (
        "para\n| a | b |\n|:--|--:|\n| 1 | `x|y` |",
        ["p para", "cell 0,0 a", "cell 0,1 b", "cell 1,0 1", "cell 1,1 x|y"],
    ),
    "a table without outer pipes and with cells too many": (
        "a | b\n--|--\n1 \\| 2 | 3 | 4",
        ["cell 0,0 a", "cell 0,1 b", "cell 1,0 1 | 2", "cell 1,1 3", "cell 1,2 4"],
    ),
    "fences": (
        "````md\n```py\nx\n```\n````\n~~~ {.ruby .n}\ny\n~~~\n```js title=\"a b\" {1}\nz\n```",
        ["code md ```py⏎x⏎```", "code ruby y", "code js z"],
    ),
    "a fence that is never closed": ("```\na\n# b\n\nc", ["code a⏎# b⏎⏎c"]),
    "a fence in an item": ("- ```py\n  x\n    y\n  ```\n- b", ["code py x⏎  y", "li1 • b"]),
    "code in a quote": ("> ```py\n> # x\n> ```\n>\n> > deep", ["q>code py # x", "q2 deep"]),
    "code by indentation": ("x\n\n    # a *b*\n\n    {: .c}\n\ny", ["p x", "code # a *b*⏎⏎{: .c}", "p y"]),
    "formulas": (
        "The $a_1 * b_2 * c$ costs $5 and $6.\n\n$$\na\n+ b_1 * c_2 *\n$$",
        ["p The $a_1 * b_2 * c$ costs $5 and $6.", "code math $$⏎a⏎+ b_1 * c_2 *⏎$$"],
    ),
    "attributes": (
        "# One {#one .x}\n\nTwo {.y}\n---\n\n*em*{.z} and [span]{.small} in {curly words}\n{: .k}",
        ["h1 One", "h2 Two", "p em and span in {curly words}"],
    ),
    "contents and boxes": ("[TOC]\n\n::: {.note}\ninside\n:::\n\n[[_TOC_]]", ["p inside"]),
    "hashtags and headings": ("#tag #other\n\n#Heading\n\n#1 of many", ["p #tag #other", "h1 Heading", "p #1 of many"]),
    "breaks": ("one\\\ntwo  \nthree\nfour", ["p one⏎two⏎three four"]),
    "names that are no addresses": (
        "[Ann]: Yes\n\n[Bo]: \"No\"\n\n[c]: https://c.example \"T\"\n\nsee [c]",
        ["p [Ann]: Yes", 'p [Bo]: "No"', "p see c"],
    ),
    "HTML around Markdown": (
        "<details><summary>More</summary>\n\n**bold**\n\n- x\n\n</details>\n\n<div align=center>\n\ny\n\n</div>",
        ["p More", "p bold", "li1 • x", "p y"],
    ),
    "quotes in lists": ("- a\n\n  > q\n  > r\n\n- b", ["li1 • a", "q1 q r", "li1 • b"]),
    "headings of both kinds": ("A\n=\nB\n-\n### C ###\n#### D\nx", ["h1 A", "h2 B", "h3 C", "h4 D", "p x"]),
    "a caption": ('![A tram](t.png "At night, 1936")\n\nx', ["figure \ufffc⏎At night, 1936", "p x"]),
    "links into one's own notes": ("See [[Some page|the page]] and [[Other]].", ["p See the page and Other."]),
    "notes inside of a line": (
        "A^[Note *one* with [x](https://x.example)] B[^b].\n\n[^b]: Two.\n\n    Goes on.\n\nC",
        ["p A1 B2.", "p C", "note 1 Note one with x", "note 2 Two.", "note Goes on."],
    ),
    "two notes of one name": ("A[^1]\n\n[^1]: first\n[^1]: second", ["p A1", "note 1 first", "note 2 second"]),
    "a note that is missing or empty": ("A[^x] B[^y]\n\n[^y]:\n\nC", ["p A[^x] B1", "p C"]),
    "tabs": ("-\ta\n\t-\tb\n\n\tc\n\nd", ["li1 • a", "li2 • b", "li1 c", "p d"]),
    "signs and entities": ("&copy; AT&T 5 < 6 > 4 \\* :smile: 😀", ["p © AT&T 5 < 6 > 4 * :smile: 😀"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_blocks(text: str, expected: list[str]) -> None:
    assert outline(read(text)) == expected


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_blocks_are_the_same_with_windows_line_ends_and_a_mark(text: str, expected: list[str]) -> None:
    article = IMPORTER.read(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), ImportHints("essay.md"))
    assert outline(article) == expected


def test_bare_addresses_are_links_without_the_sentence_around_them() -> None:
    article = read("See https://x.example/a_b_c. (https://y.example/d_(e)), `https://no.example`")
    found = [mark.value for mark in article.blocks[0].marks if mark.kind is MarkKind.LINK]
    assert found == ["https://x.example/a_b_c", "https://y.example/d_(e)"]


def test_comments_and_scripts_are_counted() -> None:
    article = read("a <!-- one --> b\n\n<!-- two\n\nthree -->\n\n<script>\nfour()\n</script>\n\nc")
    assert outline(article) == ["p a b", "p c"]
    assert article.warnings == ("3 comments or scripts that readers never see were left out.",)


@pytest.mark.parametrize(
    "text",
    ["a <!-- b", "use <script> here", "a <title> b", "<!-- a\n\nb", "<? a\n\nb", "a </script> b", "<select>\nb", "<b x='"],
)  # fmt: skip
def test_what_is_never_closed_takes_nothing_along(text: str) -> None:
    article = read(f"{text}\n\nThe *end*")
    assert article.text.endswith("The end")
    assert not article.warnings


def test_a_long_text_in_portions_keeps_its_references_and_notes() -> None:
    parts = [
        f"Paragraph {n} with [a link][l{n}] and a note[^n{n}].\n\n- item\n\n  more {n}" for n in range(300)
    ]
    tail = "\n".join(f"[l{n}]: https://x.example/{n}\n[^n{n}]: Note {n}" for n in range(300))
    article = read("\n\n".join((*parts, tail)))
    links = [m.value for b in article.blocks for m in b.marks if m.kind is MarkKind.LINK]
    assert links == [f"https://x.example/{n}" for n in range(300)]
    assert [line for line in outline(article) if line.startswith("note")] == [
        f"note {n + 1} Note {n}" for n in range(300)
    ]
