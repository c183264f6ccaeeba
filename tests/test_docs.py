"""What the README and the docs say is so: links, keys, commands, names of widgets, settings, versions."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from tests.conftest import counting_environment
from tests.end2end.driver import ALT, CONTROL, SHIFT, Driver

import annotator
from annotator.cli.main import run
from annotator.cli.words import COMMANDS
from annotator.domain.article import MarkKind
from annotator.domain.rating import DEFAULT_SCALE
from annotator.errors import DamagedFile, EditConflict, FieldConflict
from annotator.exporters.base import all_exporters
from annotator.importers.base import all_importers
from annotator.services.drafts import Typing
from annotator.services.import_offers import Offer
from annotator.settings import DECLARED
from annotator.ui.actions import Actions
from annotator.ui.dialogs.unsaved import UnsavedDialog
from annotator.ui.reader.keys import DEFAULT_KEYS
from annotator.ui.runner import ImmediateRunner
from annotator.ui.theme import Theme

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
WITH_KEYS = (ROOT / "README.md", ROOT / "docs" / "user-guide.md")
WIDGETS = ROOT / "docs" / "widgets.md"

# Keys that no table holds, and the file that gives them their meaning.
ELSEWHERE = {
    "/": "ui/main_window.py",
    "F10": "ui/main_window.py",
    "Ctrl+Return": "ui/dialogs/sheet.py",
    "Ctrl+N": "ui/dialogs/link_evidence.py",
    "Alt+Up": "ui/panel/claim_editor.py",
    "Ctrl+Shift+Return": "ui/panel/claim_editor.py",
    "B": "ui/panel/evidence_list.py",
    "Alt+Down": "ui/panel/claim_editor.py",
    "Ctrl": "ui/reader/pointer.py",
    "Alt": "ui/reader/pointer.py",
}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# ---------------------------------------------------------------------- links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", read(page)):
        if target.startswith(("https://", "http://")):
            continue
        file, _, heading = target.partition("#")
        found = (page.parent / file).resolve() if file else page
        assert found.exists(), target
        assert found.is_relative_to(ROOT), target
        if heading:
            assert heading in headings(found), target


def headings(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", read(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_pictures_are_small_enough_to_be_carried_along() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < 400_000, picture.name


# ---------------------------------------------------------------------- keys


def known_keys(qapp: QApplication) -> set[str]:
    owner = QWidget()  # kept: it owns the actions
    of_actions = {keys.toString() for action in Actions(owner).all() for keys in action.shortcuts()}
    letters = {step.letter for step in DEFAULT_SCALE.steps}
    stances = {f"Alt+{Theme.load('light').stance(name).key}" for name in ("supports", "refutes", "context")}
    return {*DEFAULT_KEYS, *of_actions, *letters, *stances, *ELSEWHERE}


@pytest.mark.parametrize("page", WITH_KEYS, ids=lambda page: page.name)
def test_each_key_on_a_page_is_in_a_table_of_keys(page: Path, qapp: QApplication) -> None:
    named = set(re.findall(r"<kbd>(.*?)</kbd>", read(page)))
    assert len(named) > 10
    assert named - known_keys(qapp) == set()


@pytest.mark.parametrize(("key", "file"), list(ELSEWHERE.items()))
def test_keys_outside_of_the_tables_are_in_the_file_that_is_said_to_know_them(key: str, file: str) -> None:
    source = read(ROOT / "src" / "annotator" / file)
    written = {
        "F10": "Key_F10",
        "B": "Key_B",
        "Ctrl": "ControlModifier",
        "Alt": "AltModifier",
        "Ctrl+Return": "Key_Return",
    }.get(key, f'"{key}"')
    assert written in source


# ---------------------------------------------------------------------- commands


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_on_a_page_exists(page: Path) -> None:
    words = re.findall(r"(?:`|^|\s)(?:\./run|py run\.py|annotator) ([a-z]+)", "\n".join(code_in(read(page))))
    of_run = set(re.findall(r'"(\w+)": \w+', read(ROOT / "run.py").split("commands = {")[1].split("}")[0]))
    assert set(words) <= {*COMMANDS, *of_run}


def code_in(page: str) -> Iterator[str]:
    """Inline code and blocks of code."""
    fenced = re.findall(r"^```(?:sh)?\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    yield from fenced
    yield from re.findall(r"`([^`\n]+)`", page)
    yield from re.findall(r"^    (annotator .*)$", page, re.MULTILINE)


def test_the_commands_of_the_readme_do_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (block,) = re.findall(r"^```sh\n(.*?)^```", read(ROOT / "README.md"), re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "sample_texts", tmp_path / "sample_texts")
    variables: dict[str, str] = {}
    for line in block.splitlines():
        variable, words = re.fullmatch(r"(?:(\w+)=\$\()?\./run (.*?)\)?", line).groups()
        for name, value in variables.items():
            words = words.replace(f"${name}", value)
        answer = said(["--data-dir", str(tmp_path / "data"), *shlex.split(words)])
        if variable:
            variables[variable] = answer.strip()
    exported = read(tmp_path / "night-trams.annotated.md")
    assert "**every crown spent returned 2.30 crowns**[^c1]" in exported
    assert "Claim 1 · Refuted · 75 % confident" in exported
    assert "p. 16" in exported


def said(words: list[str]) -> str:
    """What the command line answers."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(stream):
        assert run(words) == 0, words
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")


# ---------------------------------------------------------------------- tables of facts


def test_the_settings_in_the_docs_are_those_there_are() -> None:
    section = read(ROOT / "docs" / "your-data.md").split("## settings.json")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == {one.name for one in DECLARED}


def test_formats_endings_styles_and_front_matter_in_the_docs_are_those_there_are() -> None:
    page = read(ROOT / "docs" / "file-formats.md")
    for importer in all_importers():
        assert importer.label in page
        for ending in importer.extensions:
            assert f"`{ending}`" in page, ending
    for exporter in all_exporters():
        assert f"## {exporter.label} export" in page
        for style in exporter.styles:
            assert f"| `{style.name}` |" in page, style.name
    golden = read(ROOT / "tests" / "golden" / "export" / "footnotes.md").split("---\n")[1]
    for key in re.findall(r"^([\w-]+):", golden, re.MULTILINE):
        assert f"`{key}`" in page, key


def test_the_members_of_the_sample_s_annotations_are_documented() -> None:
    section = read(ROOT / "docs" / "file-formats.md").split("## Annotations of the sample")[1]
    plan = json.loads(read(ROOT / "sample_texts" / "night-trams.annotations.json"))
    rows = [*plan["tags"], *plan["claims"], *plan["highlights"], *plan["claims"][0]["evidence"]]
    for name in set(plan).union(*rows):
        assert f"`{name}`" in section, name


def test_the_version_is_the_same_everywhere_and_the_changelog_is_open() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    assert project["version"] == annotator.__version__
    assert project["readme"] == "README.md"
    assert "\n## [Unreleased]\n" in read(ROOT / "CHANGELOG.md")


# ---------------------------------------------------------------------- widgets


def sections() -> dict[str, dict[str, list[str]]]:
    """Names and classes in docs/widgets.md, by the window or dialog that holds them."""
    found: dict[str, dict[str, list[str]]] = {}
    parts = re.compile(r"^## [^\n]*?: `(\w+)`\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    for root, text in parts.findall(read(WIDGETS)):
        for row in re.findall(r"^\| (`.*?) \| (Q[\w, ]*) \|", text, re.MULTILINE):
            for name in re.findall(r"`(\w+)`", row[0]):
                found.setdefault(root, {})[name] = row[1].split(", ")
        found.setdefault(root, {})
    return found


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    """The window with the sample article and an active claim."""
    made = Driver(tmp_path / "library.annotator", counting_environment(), ImmediateRunner())
    made.start()
    made.window.commands["sample"].trigger()
    made.settle(50)
    assert made.work.reading.work is not None
    made.window.panel.claim_selected.emit(made.work.reading.work.claims[3].claim.id)
    made.settle(50)
    yield made
    made.close()


OPENED_BY = {
    "main_window": "",
    "command_palette": "palette",
    "second_pane": "",
    "link_card": "",
    "go_to": "go_to_number",
    "link_evidence_dialog": "link",
    "export_dialog": "export",
    "article_details_dialog": "article_details",
    "import_preview_dialog": "",
    "import_list_dialog": "",
    "source_dialog": "new_source",
    "backups_dialog": "backups",
    "check_dialog": "check",
    "damaged_dialog": "",
    "drafts_dialog": "",
    "unsaved_dialog": "",
    "conflict_dialog": "",
    "history_dialog": "history",
    "bin_dialog": "bin",
    "keys_dialog": "keys",
}


def test_every_window_in_the_docs_is_opened_here() -> None:
    found = sections()
    assert found.keys() == OPENED_BY.keys()
    assert len(found["main_window"]) > 80


@pytest.mark.parametrize(("root", "action"), list(OPENED_BY.items()))
def test_each_widget_in_the_docs_is_there_and_of_its_class(driver: Driver, root: str, action: str) -> None:
    if action:
        driver.window.commands[action].trigger()
        driver.settle(50)
    elif root != "main_window":
        open_by_itself(driver, root)
        driver.settle(50)
    owner = driver.window if root == "main_window" else visible(root)
    missing = [name for name, kinds in sections()[root].items() if not is_there(owner, name, kinds)]
    if owner is not driver.window:
        owner.close()
        driver.settle()
    assert missing == []


def open_by_itself(driver: Driver, root: str) -> None:
    """Bring up a dialog that no action opens."""
    assert driver.work.reading.work is not None
    claim = driver.work.reading.work.claims[0].claim
    if root == "link_card":
        view = driver.window.reader.view
        marks = (mark for block in view.article.blocks for mark in block.marks)
        view.follow(next(mark for mark in marks if mark.kind is MarkKind.LINK))
    elif root == "second_pane":
        assert driver.work.reading.article is not None
        driver.work.beside.show(driver.work.reading.article.id)
    elif root == "damaged_dialog":
        driver.work.recovery.offer(DamagedFile("The library is damaged."))
    elif root == "drafts_dialog":
        driver.work.bridge.keep_typing(Typing("claim", claim.id, "note", "", "Half a thought"))
        driver.work.keeping.offer_left_over()
        driver.work.keeping.show_left_over()
    elif root == "import_preview_dialog":
        driver.work.importing.open_offer(
            Offer(text="Words of a pasted text.\n\nAnd more of them."), preview=True
        )
    elif root == "import_list_dialog":
        driver.work.importing.jobs.show_list()
    elif root == "conflict_dialog":
        field = FieldConflict("note", "", "Theirs", "Mine")
        conflict = EditConflict("claim", (field,), base=claim, mine=replace(claim, note="Mine"))
        driver.work.conflicts.show(conflict)
    else:
        dialog = UnsavedDialog(driver.window.themes, (), "The disk is full.", "recovery.json", driver.window)
        dialog.open()


def visible(name: str) -> QWidget:
    """The dialog with that name that is shown."""
    (found,) = (w for w in QApplication.allWidgets() if w.objectName() == name and w.isVisible())
    return found


def is_there(owner: QWidget, name: str, kinds: list[str]) -> bool:
    classes: tuple[type, ...] = tuple(getattr(QtWidgets, kind) for kind in kinds)
    return any(isinstance(widget, classes) for widget in owner.findChildren(QWidget, name))


def test_each_action_in_the_docs_is_there(driver: Driver) -> None:
    named = re.findall(r"`(action_\w+)`", read(WIDGETS))
    assert len(named) > 20
    assert [name for name in named if driver.window.findChild(QAction, name) is None] == []


def test_the_example_for_scripts_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", read(WIDGETS), re.MULTILINE | re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", example],
        cwd=tmp_path,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "10 claims\n", done.stderr


def test_the_tour_of_the_readme_works_key_by_key(qapp: QApplication, tmp_path: Path) -> None:
    driver = Driver(tmp_path / "library.annotator", counting_environment(), ImmediateRunner())
    driver.start()
    try:
        driver.press("s")
        driver.settle(50)
        view = driver.window.reader.view
        assert driver.window.panel.claim_list.claims.rowCount() == 10
        view.set_caret(driver.text.index("Nordholm did, say the sceptics"))
        view.setFocus()
        for key in ("e", "c", "2", "v", "r", "+", "+", "+"):
            driver.press(key)
        driver.press("l")
        driver.type("nordholm")
        driver.press(Qt.Key.Key_Return)
        driver.write("evidence_quote", "The council closed the night lines to pay for the bridge.")
        driver.press("2", ALT)
        driver.press(Qt.Key.Key_Return, CONTROL)
        assert QApplication.activeModalWidget() is None
        driver.press("e", CONTROL | SHIFT)
        driver.write("export_path", str(tmp_path / "tour.md"))
        driver.press("s", CONTROL)
    finally:
        driver.close()
    exported = read(tmp_path / "tour.md")
    assert "**Nordholm did, say the sceptics, and went back to buses after two winters.**[^c9]" in exported
    assert "Claim 9 · Refuted · 65 % confident" in exported
    assert "The council closed the night lines" in exported
