"""The annotated Markdown of a whole article: goldens, options, what is left out, file names."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import markdown
import pytest
from tests.exporters.export_samples import (
    ADEYEMI,
    EXTENSIONS,
    SECRET,
    annotation,
    body_of,
    builder,
    claim_view,
    evidence,
    expected,
    rating,
    seen,
    snapshot,
    spans_of,
    trams,
)

from annotator.domain.article import BlockKind, Mark, MarkKind, TextBuilder
from annotator.domain.views import ArticleSnapshot
from annotator.errors import NotFound
from annotator.exporters.base import MAX_NAME, ExportOptions, all_exporters, exporter_named, safe_file_name
from annotator.exporters.markdown import EXPORTER, render

GOLDEN = Path(__file__).parents[1] / "golden" / "export"
HOSTILE = (
    "=1+1 ```\n```js\n</script><script>alert(1)</script>\n---\n# head\n[^c1]: x\n| a | b |\n<!-- --> -->"
)


def every_kind_of_block() -> ArticleSnapshot:
    made = TextBuilder()
    made.add(BlockKind.PARAGRAPH, "OPINION · עיר")
    made.add(BlockKind.HEADING, "A *title* with #hash #", level=1)
    made.add(BlockKind.PARAGRAPH, "Bold, italic, code, link.1 Water is H2O, x2, gone.", [
        Mark(MarkKind.STRONG, 0, 4), Mark(MarkKind.EMPHASIS, 6, 12), Mark(MarkKind.CODE, 14, 18),
        Mark(MarkKind.LINK, 20, 24, "https://a.example/(x)"), Mark(MarkKind.NOTE_REF, 25, 26, "1"),
        Mark(MarkKind.SUBSCRIPT, 37, 38), Mark(MarkKind.SUPERSCRIPT, 42, 43), Mark(MarkKind.STRIKE, 45, 49),
    ])  # fmt: skip
    made.add(BlockKind.LIST_ITEM, "First", level=1, label="•")
    made.add(BlockKind.LIST_ITEM, "1986. A year\nand a line", level=2, label="3.")
    made.add(BlockKind.LIST_ITEM, "Last", level=1, label="•")
    made.add(BlockKind.QUOTE, "Quoted words", level=1)
    made.add(BlockKind.QUOTE, "Quoted in a quote", level=2)
    made.add(BlockKind.CODE, "if x:\n    print('```')", label="python")
    for row, cells in enumerate((("Line", "Riders"), ("Harbour", "7|210"))):
        for column, cell in enumerate(cells):
            made.add(BlockKind.CELL, cell, table=0, row=row, column=column, header=row == 0)
    made.add(BlockKind.RULE, "")
    made.add(BlockKind.FIGURE, "\ufffc The night tram 😀", [Mark(MarkKind.IMAGE, 0, 1, "A tram at [night]")])
    made.add(BlockKind.PARAGRAPH, "מבחר מילים בעברית ועוד.")
    made.add(BlockKind.NOTE, "The note of the article.", label="1")
    text = made.text
    claims = [
        claim_view(1, annotation(text, spans_of(text, "italic, code"), "m1")),
        claim_view(2, annotation(text, spans_of(text, "code, link"), "m2")),
        claim_view(3, annotation(text, [(text.index("Quoted words"), text.index(" in a quote"))], "m3")),
        claim_view(4, annotation(text, spans_of(text, "Bold", "gone"), "m4")),
        claim_view(5, annotation(text, spans_of(text, "print"), "m5")),
        claim_view(6, annotation(text, spans_of(text, "Harbour"), "m6")),
        claim_view(7, annotation(text, spans_of(text, "מילים"), "m7")),
    ]
    return snapshot(made, claims, title="A *title* with #hash #")


@pytest.mark.parametrize(
    ("name", "made", "options"),
    [
        ("footnotes", trams, ExportOptions()),
        ("footnotes-history", trams, ExportOptions(confidence_history=True)),
        ("footnotes-bare", trams, ExportOptions(False, False, False, False, False)),
        ("footnotes-blocks", every_kind_of_block, ExportOptions()),
        ("essay", trams, ExportOptions(style="essay")),
        ("report", trams, ExportOptions(style="report")),
        ("table", trams, ExportOptions(style="table")),
    ],
)
def test_the_export_equals_its_golden_file(name: str, made: object, options: ExportOptions) -> None:
    content = render(made(), options).content  # type: ignore[operator]  # a function of this file
    assert content == (GOLDEN / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("made", [trams, every_kind_of_block])
def test_the_same_snapshot_gives_the_same_bytes(made: object) -> None:
    first, second = (render(made(), ExportOptions()) for _ in range(2))  # type: ignore[operator]  # a function
    assert first == second


def test_readers_see_the_article_of_the_golden_files() -> None:
    article = trams()
    shown = seen(render(article, ExportOptions()).content)
    assert shown[: shown.index("Sources")] == expected(article)


def test_the_article_s_own_footnotes_don_t_collide_with_those_of_claims() -> None:
    content = render(every_kind_of_block(), ExportOptions()).content
    assert "[^a1] Water" in content
    assert "[^a1]: The note of the article." in content
    assert "[^c1]: **Claim 1" in content


def test_a_passage_over_two_blocks_is_marked_in_both_and_referred_to_once() -> None:
    made = builder("One two three", "four five six")
    content = render(
        snapshot(made, [claim_view(1, annotation(made.text, [(4, 23)], "m"))]), ExportOptions()
    ).content
    assert "One **two three**\n\n**four five**[^c1] six" in content


def test_overlapping_passages_have_their_references_in_order_of_their_ends() -> None:
    made = builder("aa bb cc dd ee")
    claims = [
        claim_view(1, annotation(made.text, [(0, 8)], "m1")),
        claim_view(2, annotation(made.text, [(3, 11)], "m2")),
    ]
    assert "**aa bb cc[^c1] dd**[^c2] ee" in render(snapshot(made, claims), ExportOptions()).content


def test_a_colon_or_bracket_behind_a_reference_stays_a_character() -> None:
    made = builder("Done: yes", "Done(it)")
    claims = [
        claim_view(1, annotation(made.text, [(0, 4)], "m1")),
        claim_view(2, annotation(made.text, [(10, 14)], "m2")),
    ]
    article = snapshot(made, claims, title="T")
    assert seen(render(article, ExportOptions()).content)[1:] == expected(article)


def test_open_claims_can_be_left_out_and_are_counted() -> None:
    export = render(trams(), ExportOptions(open_claims=False))
    assert "1 open claim is left out." in export.left_out
    assert "[^c2]" not in export.content
    assert "and every crown spent returned" in export.content
    assert 'claims: "2 of 3 checked"' in export.content


@pytest.mark.parametrize(
    ("options", "gone", "counted"),
    [
        (
            ExportOptions(notes=False),
            ["Ask for the counts", "Peer reviewed", "Check the minutes"],
            "4 notes are left out.",
        ),
        (ExportOptions(quotes=False), ["Boardings after midnight"], "2 quotes from sources left out."),
        (ExportOptions(), ["62 %"], "1 earlier rating is left out."),
        (ExportOptions(front_matter=False), ["text-sha256"], ""),
    ],
)
def test_what_an_option_takes_out_is_gone_and_named(
    options: ExportOptions, gone: list[str], counted: str
) -> None:
    export = render(trams(), options)
    assert not [words for words in gone if words in export.content]
    assert not counted or counted in export.left_out


def test_every_row_left_out_is_named_in_a_comment_at_the_end() -> None:
    export = render(trams(), ExportOptions())
    last = export.content.rstrip().splitlines()[-1]
    assert last.startswith("<!-- Left out: ")
    assert all(sentence in last for sentence in export.left_out)
    assert "1 annotation without a place in the text left out." in export.left_out


def test_a_restricted_source_gives_away_nothing() -> None:
    export = render(trams(), ExportOptions(confidence_history=True))
    assert "a source that is withheld" in export.content
    assert "- 1 source is withheld." in export.content
    assert not re.search("Not to be shown|Nor this|Whistle|closed session|p. 2\\b", export.content)


def test_the_date_of_the_check_is_that_of_the_latest_rating() -> None:
    assert "\nchecked: 2026-03-21\n" in render(trams(), ExportOptions()).content


@pytest.mark.parametrize(
    "value",
    [
        "no",
        "a: b # c",
        '"quoted"',
        "---",
        "[x]",
        "&anchor",
        "x\ny: z",
        "👩\u200d🚀",
        "",
        "2019",
        "- a",
        "\x00",
    ],
)
def test_front_matter_holds_any_title_as_one_string(value: str) -> None:
    article = snapshot(builder("Words."), title=value)
    row = render(article, ExportOptions()).content.splitlines()[1].removeprefix("title: ")
    shown = json.loads(row) if row.startswith('"') else row
    assert shown == " ".join(value.replace("\x00", "").split())
    assert row.startswith('"') or re.fullmatch(r"[A-Za-z].*", row)


def test_hostile_values_stay_inert() -> None:
    made = builder("Some words.")
    view = claim_view(
        1, annotation(made.text, [(0, 4)], "m", note=HOSTILE), statement=HOSTILE, note=HOSTILE, claimant=HOSTILE,
        evidence=[evidence(1, dataclasses.replace(ADEYEMI, title=HOSTILE, url="javascript:alert(1)", doi=""),
                           quote=HOSTILE,
                           locator=HOSTILE, note=HOSTILE)],
    )  # fmt: skip
    article = snapshot(
        made, [view], title="T", ratings=[rating(1, "weird" + HOSTILE, 50, 1, rationale=HOSTILE)]
    )
    content = render(article, ExportOptions(confidence_history=True)).content
    page = markdown.markdown(body_of(content), extensions=EXTENSIONS)
    assert "<script" not in page
    assert page.count('<li id="fn:c1">') == 1
    assert 'href="javascript' not in page
    assert page.count("<h1>") == 1
    assert "<table>" not in page
    assert content.count("\n---\n") == 1
    assert page.count("alert(1)") >= 8


def test_a_broken_annotation_does_not_spoil_the_others() -> None:
    made = builder("Some words.")
    bad = dataclasses.replace(annotation(made.text, [(0, 4)], "bad"), segments=())
    export = render(
        snapshot(made, [claim_view(1, bad), claim_view(2, annotation(made.text, [(5, 10)], "m"))]),
        ExportOptions(),
    )
    assert "Some **words**[^c2]." in export.content
    assert "1 annotation without a place in the text left out." in export.left_out


def test_restricted_sources_are_sorted_out_of_the_list() -> None:
    made = builder("Some words.")
    view = claim_view(1, annotation(made.text, [(0, 4)], "m"), evidence=[evidence(1, SECRET, quote="x")])
    assert "## Sources\n\n- 1 source is withheld." in render(snapshot(made, [view]), ExportOptions()).content


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Let the trams run all night", "let-the-trams-run-all-night.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("CON", "con-article.md"),
        ("lpt1", "lpt1-article.md"),
        ("a\x00b/c\\d:e*f?g\"h<i>j|k", "ab-c-d-e-f-g-h-i-j-k.md"),
        ("Velmar’s plan", "velmars-plan.md"),
        ("… \u202e", "article.md"),
        ("שלום עולם", "שלום-עולם.md"),
        ("", "article.md"),
    ],
)  # fmt: skip
def test_file_names_are_safe_on_every_system(title: str, name: str) -> None:
    assert safe_file_name(title, "md") == name


@pytest.mark.parametrize("letter", ["x", "日", "😀", "é"])
def test_file_names_are_short(letter: str) -> None:
    name = safe_file_name(letter * 500, "md")
    assert len(name) <= MAX_NAME
    assert len(name.encode()) <= 255


def test_the_markdown_exporter_is_found_by_its_name() -> None:
    assert exporter_named("markdown") is EXPORTER
    assert EXPORTER in all_exporters()


def test_an_unknown_format_or_style_says_what_there_is() -> None:
    with pytest.raises(NotFound, match="markdown"):
        exporter_named("papyrus")
    with pytest.raises(NotFound, match="footnotes"):
        render(trams(), ExportOptions(style="papyrus"))


@pytest.mark.parametrize("style", [style.name for style in EXPORTER.styles])
def test_every_style_on_offer_works(style: str) -> None:
    content = render(trams(), ExportOptions(style=style)).content
    assert "Night-tram ridership rose 18 %" in content
    assert markdown.markdown(body_of(content), extensions=EXTENSIONS)
