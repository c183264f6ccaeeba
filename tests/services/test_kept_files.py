"""Originals and pictures: packed where that helps, whole when they come out, and gone with their article."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from tests.storage.whole_library import plant

from annotator.domain.article import (
    OBJECT,
    ArticleText,
    Attachment,
    BlockKind,
    ImportedArticle,
    Mark,
    MarkKind,
    Picture,
    TextBuilder,
)
from annotator.domain.packing import DEFLATE, packed, unpacked
from annotator.errors import InvalidValue
from annotator.interchange.plain_copy import plain_entity
from annotator.services import articles, checking
from annotator.services import bin as bins
from annotator.services.articles import Original
from annotator.services.library import Library

PNG = b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(500)
NAME = hashlib.sha256(PNG).hexdigest()
LONG = "Ninety trams ran at night. " * 400


def imported(words: str = "Words.") -> ImportedArticle:
    builder = TextBuilder()
    builder.add(BlockKind.PARAGRAPH, words)
    builder.add(BlockKind.FIGURE, f"{OBJECT}\nA tram", [Mark(MarkKind.IMAGE, 0, 1, "A tram", NAME)])
    return ImportedArticle(
        title="Trams",
        text=builder.text,
        blocks=tuple(builder.blocks),
        pictures=(Picture(NAME, "image/png", 40, 30, PNG),),
    )


@pytest.fixture
def text(library: Library) -> ArticleText:
    """An article with a picture and a long original."""
    original = Original("trams.html", "text/html", LONG.encode(), "html", "1")
    add = partial(articles.add_article, imported=imported(), original=original)
    added = library.execute(add, label="Import article").value
    return library.read(lambda store: articles.current_text(store, added.article.id))


def attachments(library: Library) -> list[Attachment]:
    return library.read(lambda store: store.find(Attachment, deleted=True))


def picture(library: Library, text: ArticleText) -> bytes | None:
    return library.read(lambda store: articles.picture_in(store, text_id=text.id, sha256=NAME))


def test_a_long_original_is_packed_and_comes_out_byte_for_byte(library: Library, text: ArticleText) -> None:
    kept = library.read(lambda store: articles.original_of(store, text.article_id))
    assert kept.compression == DEFLATE
    assert len(kept.data) < len(LONG) // 10
    assert kept.content() == LONG.encode()
    assert kept.sha256 == hashlib.sha256(LONG.encode()).hexdigest()


def test_what_is_packed_already_stays_as_it_is() -> None:
    data = random.Random(2).randbytes(10_000)
    assert packed(data) == (data, "")
    assert packed(b"") == (b"", "")


@pytest.mark.parametrize("content", [b"a" * 1000, LONG.encode()])
def test_packed_bytes_come_back(content: bytes) -> None:
    data, compression = packed(content)
    assert unpacked(data, compression) == content


@pytest.mark.parametrize("damage", ["cut", "changed", "more", "unknown"])
def test_damaged_bytes_are_told(damage: str) -> None:
    data, compression = packed(LONG.encode())
    bad = {"cut": data[:-5], "changed": data[:20] + b"?" + data[21:], "more": data + b"x", "unknown": data}[
        damage
    ]
    with pytest.raises(InvalidValue, match="damaged"):
        unpacked(bad, "another" if damage == "unknown" else compression)


def test_a_picture_is_kept_with_its_text(library: Library, text: ArticleText) -> None:
    assert picture(library, text) == PNG
    assert library.read(lambda store: articles.pictures_of(store, text.id)) == {NAME: (40, 30)}
    assert text.blocks[1].marks[0].picture == NAME
    assert library.read(checking.check).problems == ()


def test_a_picture_that_was_changed_from_outside_is_not_shown_and_found_by_the_check(
    library: Library, text: ArticleText, tmp_path: Path
) -> None:
    plant(tmp_path / "library.annotator", "UPDATE attachment SET data = x'00' WHERE text_id IS NOT NULL")
    assert picture(library, text) is None
    (problem,) = library.read(checking.check).problems
    assert (problem.kind, problem.repairable) == ("attachment", False)


def test_a_picture_of_a_text_that_is_missing_is_found_and_goes_to_the_bin(
    library: Library, text: ArticleText, tmp_path: Path
) -> None:
    plant(
        tmp_path / "library.annotator", "UPDATE attachment SET text_id = 'nowhere' WHERE text_id IS NOT NULL"
    )
    (problem,) = library.read(checking.check).problems
    assert (problem.kind, problem.repairable) == ("attachment", True)
    library.execute(checking.repair, label="Repair")
    assert [item.deleted_at is not None for item in attachments(library) if item.text_id] == [True]


def test_pictures_go_for_good_with_their_article(library: Library, text: ArticleText) -> None:
    library.execute(partial(articles.delete_article, article_id=text.article_id), label="Delete article")
    assert picture(library, text) == PNG  # it can still come back
    assert library.execute(partial(bins.empty, items=None), label="Empty the bin").value == 1
    assert attachments(library) == []
    assert library.read(checking.check).problems == ()


def test_pictures_come_and_go_with_undo(library: Library, text: ArticleText) -> None:
    library.undo()
    assert [item.deleted_at is not None for item in attachments(library)] == [True, True]
    library.redo()
    assert picture(library, text) == PNG


def test_one_article_keeps_its_picture_when_another_with_the_same_goes(
    library: Library, text: ArticleText
) -> None:
    original = Original("b.html", "text/html", b"b", "html", "1")
    add = partial(articles.add_article, imported=imported("Other words."), original=original)
    other = library.execute(add, label="Import article").value.article
    library.execute(partial(articles.delete_article, article_id=other.id), label="Delete article")
    library.execute(partial(bins.empty, items=None), label="Empty the bin")
    assert picture(library, text) == PNG


def test_a_plain_copy_has_the_bytes_as_they_were(library: Library, text: ArticleText) -> None:
    kept = library.read(lambda store: articles.original_of(store, text.article_id))
    written = plain_entity(kept)
    assert written["data"]["sha256"] == kept.sha256
    assert written["compression"] == ""
    assert json.dumps(written)


def test_the_journal_holds_no_bytes(text: ArticleText, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "library.annotator")) as connection:
        rows = connection.execute("SELECT after FROM change WHERE kind = 'attachment'").fetchall()
    assert len(rows) == 2
    assert all("data" not in json.loads(after) for (after,) in rows)
