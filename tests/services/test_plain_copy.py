"""The plain copy needs no program of ours: whoever knows JSON finds all that was thought about every claim."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.storage.whole_library import fill

from annotator.domain.article import Article
from annotator.domain.source import Source
from annotator.services import backups, reading
from annotator.services.library import Library

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def copy(library: Library, tmp_path: Path) -> Path:
    """The plain copy of a library with the sample article and two rows of every kind."""
    fill(library)
    path = tmp_path / "plain-copy.json"
    backups.write_plain_copy(library, path)
    return path


def test_every_claim_is_found_with_its_words_verdict_evidence_and_article(
    library: Library, copy: Path
) -> None:
    plain = json.loads(copy.read_text(encoding="utf-8"))
    rows: dict[str, dict[str, Any]] = {
        kind: {row["id"]: row for row in found} for kind, found in plain.items() if isinstance(found, list)
    }
    found = 0
    for article in library.read(lambda store: store.find(Article)):
        opened = library.read(partial(reading.open_article, article_id=article.id))
        work = library.read(partial(reading.work_on, text=opened.text))
        for view in work.claims:
            claim = rows["claim"][view.claim.id]
            mentions = [row for row in plain["annotation"] if row["claim_id"] == claim["id"]]
            text = rows["article_text"][mentions[0]["text_id"]]
            assert rows["article"][text["article_id"]]["title"] == article.title
            for segment in mentions[0]["segments"]:
                assert text["text"][segment["start"] : segment["end"]] == segment["exact"]
            assert claim["statement"] == view.claim.statement
            assert claim["verdict"] == view.claim.verdict
            (scale,) = (row for row in plain["scale"] if row["id"] == "default")
            assert claim["verdict"] in {step["key"] for step in scale["steps"]}
            links = [row for row in plain["evidence"] if row["claim_id"] == claim["id"]]
            assert {
                (row["stance"], row["quote"], rows["source"][row["source_id"]]["title"]) for row in links
            } == {
                (link.evidence.stance.value, link.evidence.quote, link.source.title) for link in view.evidence
            }
            found += 1
    assert found == 10
    assert len(plain["source"]) == len(library.read(lambda store: store.find(Source)))


def test_the_example_in_the_docs_reads_it_without_this_program(copy: Path) -> None:
    page = (DOCS / "your-data.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(example.splitlines()) <= 14
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-X",
            "utf8",
            "-c",
            f"{example}\nimport sys; print('annotator' in sys.modules)",
        ],
        cwd=copy.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    *lines, known = done.stdout.splitlines()
    assert (done.stderr, known) == ("", "False")
    plain = json.loads(copy.read_text(encoding="utf-8"))
    assert len(lines) == len(plain["claim"]) + len(plain["evidence"])
    assert sum(line.startswith(f"{plain['article'][0]['title']}: “") for line in lines) == len(plain["claim"])
    for claim in plain["claim"]:
        assert any(line.endswith(f"{claim['statement']}: {claim['verdict']}") for line in lines)
