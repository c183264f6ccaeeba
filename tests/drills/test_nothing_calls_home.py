"""Files that name other files and addresses are read and shown, every link in them is clicked: the system sees no
connection to another machine, no other program, no file of anybody else's opened, and nothing written outside of the library's folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.hostile.test_hostile_files import CASES
from tests.importers.docx_maker import docx, paragraph, run
from tests.importers.epub_maker import Maker

READER = Path(__file__).with_name("curious_reader.py")
ROOT = Path(__file__).parents[2]
WORDS = "Ninety trams ran at night, and most of them were full on Fridays. " * 12
_CALL = re.compile(r"(?P<call>\w+)\((?P<rest>.*)")
_PATH = re.compile(r'"(?P<path>[^"]*)"')
pytestmark = [
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux"),
]


def plant(folder: Path, secret: Path) -> None:
    """Files of each kind that name what isn't in them."""
    names = [
        secret.as_uri(),
        str(secret),
        f"../{secret.name}",
        "http://127.0.0.1:9/a.png",
        "//127.0.0.1:9/b.png",
    ]
    links = "".join(
        f'<a href="{name}">link</a> ' for name in (*names, "mailto:a@e.example", "javascript:alert(1)")
    )
    shown = "".join(
        f'<img src="{name}" alt="A tram"><link rel="stylesheet" href="{name}"><script src="{name}"></script>'
        f'<iframe src="{name}"></iframe><object data="{name}"></object><style>@import url({name});</style>'
        for name in names
    )
    refresh = '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">'
    page = f"<html><head>{refresh}</head><body><article><h1>Trams</h1><p>{WORDS}</p>{shown}<p>{WORDS}{links}</p></article></body></html>"
    (folder / "page.html").write_text(page, encoding="utf-8")
    (folder / "page.md").write_text(
        f"# Trams\n\n{WORDS}\n\n" + "\n\n".join(f"![A tram]({name}) and [a link]({name})" for name in names),
        encoding="utf-8",
    )
    (folder / "page.txt").write_text(f"Trams\n\n{WORDS}\n\n" + "\n\n".join(names), encoding="utf-8")
    book = Maker().add(
        "one.xhtml",
        f"<h1>Trams</h1><p>{WORDS}</p>{shown.replace('<iframe', '<p').replace('iframe>', 'p>')}<p>{links}</p>",
    )
    (folder / "book.epub").write_bytes(book.build())
    body = (
        paragraph(run(WORDS))
        + '<w:p><w:hyperlink r:id="rId9"><w:r><w:t>a link</w:t></w:r></w:hyperlink></w:p>'
    )
    (folder / "letter.docx").write_bytes(docx(body, links={"rId9": names[3]}))


def watched(tmp_path: Path, folder: Path) -> tuple[str, list[str]]:
    """What the reader said, and what it and its processes asked the system for."""
    log = tmp_path / "calls"
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "home" / "cache"),
        "TMPDIR": str(tmp_path / "home"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=socket,connect,execve,open,openat,creat,unlink,rename",
         sys.executable, str(READER), str(tmp_path / "library" / "library.annotator"), str(folder)],
        env=environment, capture_output=True, text=True, check=False, timeout=1500,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout, log.read_text(encoding="utf-8", errors="replace").splitlines()


def check(lines: list[str], tmp_path: Path, secret: Path) -> None:
    """See that nothing was asked for that has no business."""
    programs, written = [], []
    for line in lines:
        match = _CALL.search(line)
        if match is None or " = -1 " in line:  # what the system refused or didn't find
            continue
        path = _PATH.search(match["rest"])
        where = path["path"] if path else ""
        if match["call"] in ("socket", "connect"):
            # The display, the desktop and the list of users are asked through sockets of this machine.
            assert "AF_UNIX" in line, line
            continue
        if match["call"] == "execve":
            programs.append(where)
        elif match["call"] in ("unlink", "rename", "creat") or "O_WRONLY" in line or "O_RDWR" in line:
            written.append(where)
        assert secret.name not in where, line
    assert all(Path(program).resolve() == Path(sys.executable).resolve() for program in programs), programs
    allowed = (str(tmp_path), "/dev/null", "/dev/shm/", "/memfd:")
    assert [where for where in written if not where.startswith(allowed) and where] == []


def test_nothing_is_asked_of_anybody_else(tmp_path: Path) -> None:
    secret = tmp_path / "their-secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n")
    folder = tmp_path / "files"
    for made in (folder, tmp_path / "home", tmp_path / "library"):
        made.mkdir()
    plant(folder, secret)
    said, lines = watched(tmp_path, folder)
    assert re.match(r"5 added, 5 listed, (?:[5-9]|\d\d) links", said), said
    assert any("execve" in line for line in lines)
    check(lines, tmp_path, secret)


@pytest.mark.slow
def test_nothing_is_asked_of_anybody_else_by_any_hostile_file(tmp_path: Path) -> None:
    secret = tmp_path / "their-secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n")
    folder = tmp_path / "files"
    for made in (folder, tmp_path / "home", tmp_path / "library"):
        made.mkdir()
    plant(folder, secret)
    for case in CASES:
        (folder / case.name.replace("/", "_")).write_bytes(case.make(1))
    said, lines = watched(tmp_path, folder)
    print(said)  # noqa: T201 - for whoever runs the drill
    check(lines, tmp_path, secret)
