"""A page that a browser saved as a file and a folder: the pictures of the folder come with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.importers.test_pictures import SOME_WORDS, image

from annotator.services import importing


def saved(folder: Path, name: str, source: str) -> Path:
    page = folder / f"{name}.html"
    page.write_text(
        f"<html><body><article><h1>Trams</h1><p>{SOME_WORDS}</p><figure><img src='{source}' alt='A tram'></figure>"
        f"<p>{SOME_WORDS}</p></article></body></html>",
        encoding="utf-8",
    )
    return page


def sizes(page: Path) -> list[tuple[int, int]]:
    return [(one.width, one.height) for one in importing.read_file(page).imported.pictures]


@pytest.mark.parametrize("ending", ["_files", "-Dateien", ".files"])
def test_a_picture_in_the_folder_of_the_page_is_shown(tmp_path: Path, ending: str) -> None:
    page = saved(tmp_path, "Night [trams]", f"./Night%20[trams]{ending}/tram%201.png")
    folder = tmp_path / f"Night [trams]{ending}"
    folder.mkdir()
    (folder / "tram 1.png").write_bytes(image())
    (folder / "style.css").write_text("p { color: red }")
    assert sizes(page) == [(64, 48)]


@pytest.mark.parametrize(
    "source", ["../secret.png", "/etc/secret.png", "other_files/tram.png", "file:///tram.png"]
)
def test_no_other_picture_is_looked_for(tmp_path: Path, source: str) -> None:
    inside = tmp_path / "inside"
    (inside / "page_files").mkdir(parents=True)
    (inside / "other_files").mkdir()
    for place in (tmp_path / "secret.png", inside / "other_files" / "tram.png"):
        place.write_bytes(image())
    assert sizes(saved(inside, "page", source)) == []


def test_a_folder_with_too_much_in_it_is_read_as_far_as_it_may(tmp_path: Path) -> None:
    page = saved(tmp_path, "page", "page_files/a.png")
    folder = tmp_path / "page_files"
    folder.mkdir()
    (folder / "a.png").write_bytes(image())
    (folder / "b.png").write_bytes(image() + bytes(9 << 20))
    for number in range(450):
        (folder / f"c{number}.png").write_bytes(image(size=(8, 8)))
    assert sizes(page) == [(64, 48)]
