"""The main job, end to end: once in the real window with keys, once from the command line; both export the same."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import markdown
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.conftest import counting_environment
from tests.end2end.driver import ALT, CONTROL, SHIFT, CountingRunner, Driver, without_ids

from annotator.cli.main import run
from annotator.domain.annotation import Annotation
from annotator.domain.article import ArticleText
from annotator.services import claims
from annotator.services.library import Library
from annotator.ui.runner import ImmediateRunner, Runner

ARTICLE = Path(__file__).with_name("article.md")
GOLDEN = Path(__file__).parents[1] / "golden" / "end2end" / "quiet-hour.md"

# start and end of the passage, tag key, verdict letter and key, steps of confidence, type of stance key, source
CLAIMS = (
    ("Deliveries now", "12 % of their bread", "2", "P", "partly", 4, "1", "Delivery log 2025"),
    ("Noise did fall", "Saturday night.", "6", "C", "conflicting", 2, "2", "City noise meters"),
    ("Families moved", "in one year", "1", "R", "refuted", -1, "2", "Delivery log 2025"),
    ("two hours later than in 2023", "", "4", "S", "supported", 6, "", ""),
)
QUOTES = {
    "Delivery log 2025": "Vans reach Mill Street at 9:10, “on average”.",
    "City noise meters": "61 dB – down from 64.",
}


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    made = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    yield made
    made.close()


def do_the_job(driver: Driver) -> None:
    """Tag, rate and link by keys."""
    for start, end, tag, letter, _, steps, stance, source in CLAIMS:
        driver.select(start, end)
        for key in ("c", tag, "v", letter.lower(), *(("+" if steps > 0 else "-") * abs(steps))):
            driver.press(key)
        if not source:
            continue
        driver.press("l")
        known = source in {row.title for row in driver.work.bridge.library.read(_sources)}
        if known:
            driver.type(source[:6].lower())
            driver.press(Qt.Key.Key_Return)
        else:
            driver.press("n", CONTROL)
            driver.write("source_title", source)
            driver.write("source_year", "2025")
        driver.write("evidence_quote", QUOTES[source])
        driver.write("evidence_locator", "p. 3")
        driver.press(stance, ALT)
        driver.press(Qt.Key.Key_Return, CONTROL)
        assert QApplication.activeModalWidget() is None, "the dialog did not accept the link"


def _sources(store):
    from annotator.services.sources import list_sources

    return list_sources(store)


def export_of(library: Path) -> str:
    """What the command line exports from a library."""
    target = library.with_suffix(".md")
    assert run(["--library", str(library), "export", "-o", str(target), "--force"]) == 0
    return target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "runner",
    [ImmediateRunner, pytest.param(CountingRunner, marks=pytest.mark.display)],
    ids=["at once", "threads"],
)
def test_the_main_job_in_the_window_and_from_the_command_line_exports_the_same(
    runner: type[Runner], tmp_path: Path, qapp: QApplication
) -> None:
    driver = Driver(tmp_path / "window.annotator", counting_environment(), runner())
    driver.start(ARTICLE)
    do_the_job(driver)
    library = driver.work.bridge.library
    finished = without_ids(_window_export(driver, tmp_path / "first.md"))
    steps = 0
    while library.undo_state().undo:
        driver.press("z", CONTROL)
        steps += 1
    assert steps >= 4 * 3
    assert driver.window.pages.currentWidget() is driver.window.first_run
    for _ in range(steps):
        driver.window.commands["redo"].trigger()
        driver.settle()
    assert library.undo_state().redo == ""
    driver.close()

    again = Driver(tmp_path / "window.annotator", counting_environment(), runner())
    again.start()
    assert again.window.windowTitle() == "Who pays for the quiet hour? - annotator"
    assert again.window.panel.claim_list.claims.rowCount() == len(CLAIMS)
    reopened = without_ids(_window_export(again, tmp_path / "second.md"))
    again.close()
    assert reopened == finished

    by_command = without_ids(_command_line_job(tmp_path / "shell.annotator"))
    assert by_command == finished
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(finished, encoding="utf-8")
    assert finished == GOLDEN.read_text(encoding="utf-8")


def _window_export(driver: Driver, target: Path) -> str:
    driver.window.reader.focus_text()
    driver.press("e", CONTROL | SHIFT)
    driver.write("export_path", str(target))
    driver.press("s", CONTROL)
    assert QApplication.activeModalWidget() is None
    return target.read_text(encoding="utf-8")


def _command_line_job(library: Path) -> str:
    environment = counting_environment()

    def annotator(*words: str) -> dict:
        import contextlib
        import io

        answer = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        with contextlib.redirect_stdout(answer):
            assert run(["--library", str(library), *words, "--json"], environment) == 0, words
        answer.flush()
        return json.loads(answer.buffer.getvalue() or "null")

    article = annotator("import", str(ARTICLE))[0]["article"]
    tag_names = {tag["key"]: tag["name"] for tag in annotator("tag", "list")}
    text = Library.open(library).read(lambda store: store.find(ArticleText))[0].text
    sources: dict[str, str] = {}
    for start, end, tag, _, verdict, steps, stance, source in CLAIMS:
        begin = text.index(start)
        stop = text.index(end or start) + len(end or start)
        made = annotator(
            "claim", article, "--start", str(begin), "--end", str(stop), "--tag", tag_names[tag]
        )["claim"]
        annotator("rate", made, "--verdict", verdict)
        for step in range(1, abs(steps) + 1):
            annotator("rate", made, "--confidence", str(50 + (5 if steps > 0 else -5) * step))
        if source:
            if source not in sources:
                sources[source] = annotator("source", "add", "--title", source, "--year", "2025")["source"]
            words = {"1": "supports", "2": "refutes"}[stance]
            annotator(
                "link",
                made,
                sources[source],
                "--stance",
                words,
                "--quote",
                QUOTES[source],
                "--locator",
                "p. 3",
            )
    return export_of(library)


def test_every_quote_is_where_it_says_and_the_text_survives_to_the_rendered_export(
    driver: Driver, tmp_path: Path
) -> None:
    driver.start(ARTICLE)
    do_the_job(driver)
    library = driver.work.bridge.library
    text = library.read(lambda store: store.find(ArticleText))[0]
    for annotation in library.read(lambda store: store.find(Annotation)):
        for segment in annotation.segments:
            assert text.text[segment.start : segment.end] == segment.exact
    crossing = [a for a in library.read(lambda store: store.find(Annotation)) if "\n" in a.segments[0].exact]
    assert len(crossing) == 1
    exported = _window_export(driver, tmp_path / "out.md")
    driver.close()
    body = exported.split("\n---\n", 1)[1]
    html = markdown.markdown(body, extensions=["footnotes", "tables", "fenced_code"])
    import lxml.html

    page = lxml.html.fromstring(f"<div>{html}</div>")
    for dropped in page.xpath("//sup | //div[@class='footnote'] | //comment()"):
        dropped.drop_tree()
    shown = " ".join(page.text_content().split())
    assert shown.startswith(" ".join(text.text.split()))
    for words in ("“quiet hours”", "–", "Naïve", "👩‍👩‍👧‍👦", "الصبر مفتاح الفرج", "סוף טוב הכל טוב"):
        assert words in exported


def test_the_first_checked_claim_takes_less_than_twenty_five_keys(driver: Driver) -> None:
    """From an open article: claim, tag, verdict, confidence and one linked quote from a known source."""
    driver.start(ARTICLE)
    driver.select("two hours later", "")
    driver.press("l")
    driver.press("n", CONTROL)
    driver.write("source_title", "Delivery log 2025")
    driver.press("3", ALT)
    driver.press(Qt.Key.Key_Return, CONTROL)
    driver.window.reader.view.set_caret(driver.text.index("Families"))
    driver.window.reader.focus_text()
    driver.settle()
    QApplication.clipboard().setText("Vans reach Mill Street at 9:10.")
    driver.keys = 0
    for key in ("e", "c", "1", "v", "r", "+", "+", "l"):
        driver.press(key)
    driver.press(Qt.Key.Key_Return)
    driver.press("v", CONTROL)
    driver.press("2", ALT)
    driver.press(Qt.Key.Key_Return, CONTROL)
    assert driver.keys <= 25
    article_id = driver.work.reading.article.id
    views = driver.work.bridge.library.read(lambda store: claims.list_claims(store, article_id))
    (checked,) = [view for view in views if view.claim.verdict == "refuted"]
    assert checked.claim.confidence == 60
    assert len(checked.claim.tags) == 1
    (link,) = checked.evidence
    assert (link.evidence.stance, link.evidence.quote) == ("refutes", "Vans reach Mill Street at 9:10.")
