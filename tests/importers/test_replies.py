"""What comes from the process that opens foreign files is believed in nothing."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Block, BlockKind, ImportedArticle, Mark, MarkKind, Picture, TextBuilder
from annotator.importers.base import Part
from annotator.importers.process.replies import (
    BadReply,
    Reply,
    check_blocks,
    receive,
    receive_reply,
    send,
    send_reply,
)

_HEAD: dict[str, Any] = {
    "importer": "html", "acts": [], "memory": 5,
    "article": {
        "title": "A title", "subtitle": "", "publication": "", "section": "", "url": "", "published_on": "",
        "language": "", "encoding": "utf-8", "authors": ["Ann Lee"], "warnings": [], "extra": {"a": [1, {"b": None}]},
        "pictures": [],
    },
}  # fmt: skip
_TEXT = "A title\nOne\ttwo"
_BLOCKS = [[7, "heading", {"l": 1}], [3, "cell", {"t": 0}], [3, "cell", {"t": 0, "c": 1}, [["strong", 0, 2]]]]


def _received(
    head: object = _HEAD, text: str | bytes = _TEXT, blocks: object = _BLOCKS, pictures: bytes = b""
) -> Reply:
    stream = io.BytesIO()
    raw = text if isinstance(text, bytes) else text.encode()
    send(stream, json.dumps(head).encode(), raw, json.dumps(blocks).encode(), pictures)
    stream.seek(0)
    return receive_reply(stream)


def test_a_whole_reply_becomes_an_article() -> None:
    article = _received().article
    assert article is not None
    assert article.text == _TEXT
    assert [article.text[block.start : block.end] for block in article.blocks] == ["A title", "One", "two"]
    assert article.authors == ("Ann Lee",)


@pytest.mark.parametrize("text", ["", " \n", "A title\nOne\ttwo\0", "A title\r\nOne\ttw", "A title\nOne\ttw\ufffe",
                                  "A title\nOne\ttwo more", "A title One two", b"\xff\xfe", b"\xed\xa0\x80"])  # fmt: skip
def test_a_text_that_is_not_clean_or_does_not_fit_its_blocks_is_refused(text: str | bytes) -> None:
    with pytest.raises(BadReply):
        _received(text=text)


@pytest.mark.parametrize(
    "block",
    [
        [3, "cell", {"t": 0, "c": 1}, [["strong", 0, 4]]],  # a mark behind the end
        [3, "cell", {"t": 0, "c": 1}, [["strong", -1, 2]]],
        [3, "cell", {"t": 0, "c": 1}, [["strong", 2, 0]]],
        [3, "cell", {"t": 0, "c": 1}, [["strong", 0, 1.5]]],
        [3, "cell", {"t": 0, "c": 1}, [["link", 0, 2, 5]]],
        [3, "cell", {"t": 0, "c": 1}, [["unknown", 0, 2]]],
        [3, "cell", {"t": 0, "c": 1}, 7],
        [3, "unknown", {}],
        [3, "cell", {"x": 1}],
        [3, "cell", []],
        [3, "cell", {"t": 0, "l": 25}],
        [3, "cell", {"t": 0, "q": 25}],
        [3, "cell", {"t": 0, "r": -1}],
        [3, "cell", {"t": 0, "c": 1 << 40}],
        [3, "cell", {"t": 0, "c": "1"}],
        [3, "cell", {"t": 0, "m": 1}],
        [3, "cell", {"t": 0, "m": "a\x00"}],
        [3, "cell", {"t": 0, "d": "up"}],
        [3, "cell", {"t": 0, "p": "x" * 30_000}],
        [3, "cell", {"t": 1}],  # of another table: the separator is wrong
        [2, "cell", {"t": 0}],
        [4, "cell", {"t": 0}],
        [-3, "cell", {"t": 0}],
        [True, "cell", {"t": 0}],
        ["3", "cell", {"t": 0}],
        [None, "cell", {"t": 0}],
        None, "cell", {}, -1, 1.0, True,
    ],
)  # fmt: skip
def test_a_block_that_is_not_in_order_is_refused(block: object) -> None:
    with pytest.raises(BadReply):
        _received(blocks=[*_BLOCKS[:2], block])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", None), ("title", 5), ("title", "a\0"), ("title", "\ud800"), ("title", "x" * 30_000), ("title", ["a"]),
        ("authors", "Ann"), ("authors", [1]), ("authors", {"a": 1}), ("authors", ["a"] * 30_000), ("warnings", None),
        ("extra", []), ("extra", {"a": 1.5}), ("extra", {"a": 1 << 70}), ("extra", {"a": [[[[[[[[1]]]]]]]]}),
        ("extra", {"a": list(range(30_000))}), ("extra", {"a\0": 1}), ("extra", None),
    ],
)  # fmt: skip
def test_a_value_that_is_not_of_its_kind_is_refused(name: str, value: object) -> None:
    with pytest.raises(BadReply):
        _received({**_HEAD, "article": {**_HEAD["article"], name: value}})


_PNG = b"\x89PNG\r\n\x1a\nand so on"
_NAME = hashlib.sha256(_PNG).hexdigest()


def _with_picture(rows: object, data: bytes = _PNG, *, named: object = _NAME, kind: str = "image") -> Reply:
    head = {**_HEAD, "article": {**_HEAD["article"], "pictures": rows}}
    block = [3, "cell", {"t": 0, "c": 1}, [[kind, 0, 1, "A chart", named]]]
    return _received(head, blocks=[*_BLOCKS[:2], block], pictures=data)


def test_a_picture_comes_with_its_bytes() -> None:
    article = _with_picture([[_NAME, "image/png", 20, 30, len(_PNG)]]).article
    assert article is not None
    assert article.pictures == (Picture(_NAME, "image/png", 20, 30, _PNG),)
    assert article.blocks[2].marks == (Mark(MarkKind.IMAGE, 12, 13, "A chart", _NAME),)


@pytest.mark.parametrize(
    ("rows", "data", "named"),
    [
        ([[_NAME, "image/png", 20, 30, len(_PNG)]], _PNG + b"x", _NAME),
        ([[_NAME, "image/png", 20, 30, len(_PNG) - 1]], _PNG, _NAME),
        ([[_NAME, "image/jpeg", 20, 30, len(_PNG)]], _PNG, _NAME),
        ([[_NAME, "image/svg+xml", 20, 30, len(_PNG)]], _PNG, _NAME),
        ([[_NAME, "image/png", 20, 30_000, len(_PNG)]], _PNG, _NAME),
        ([[_NAME, "image/png", 0, 30, len(_PNG)]], _PNG, _NAME),
        ([["0" * 64, "image/png", 20, 30, len(_PNG)]], _PNG, "0" * 64),
        ([[_NAME, "image/png", 20, 30, len(_PNG)]], _PNG, "another"),
        ([[_NAME, "image/png", 20, 30, len(_PNG)]], _PNG, 5),
        ([], b"", _NAME),
        ([[]], b"", ""),
        (None, b"", ""),
    ],
)
def test_a_picture_that_is_not_what_it_says_is_refused(rows: object, data: bytes, named: object) -> None:
    with pytest.raises(BadReply):
        _with_picture(rows, data, named=named)


def test_only_an_image_has_a_picture() -> None:
    with pytest.raises(BadReply):
        _with_picture([[_NAME, "image/png", 20, 30, len(_PNG)]], kind="strong")


def test_a_table_with_too_many_cells_and_a_part_that_is_too_long_are_refused() -> None:
    many = [[1, "cell", {"t": 0, "c": n}] for n in range(4001)]
    with pytest.raises(BadReply):
        _received(text="\t".join("x" * 4001), blocks=many)
    with pytest.raises(BadReply):
        receive(io.BytesIO((1 << 40).to_bytes(8, "big")), 1000)


def test_an_end_in_the_middle_is_an_end() -> None:
    with pytest.raises(EOFError):
        receive_reply(io.BytesIO((100).to_bytes(8, "big") + b"{}"))


def test_what_an_importer_says_at_length_is_cut_and_not_refused() -> None:
    builder = TextBuilder()
    builder.add(
        BlockKind.LIST_ITEM, "item", [Mark(MarkKind.LINK, 0, 4, "http://e.example/" + "x" * 90_000)], level=99
    )
    article = ImportedArticle(
        title="t" * 90_000,
        text=builder.text,
        blocks=tuple(builder.blocks),
        authors=("a\0\ud800",) * 5000,
        extra={"a": {1.5, 2}},
    )
    stream = io.BytesIO()
    send_reply(stream, Reply(article=article))
    stream.seek(0)
    received = receive_reply(stream).article
    assert received is not None
    assert received.blocks[0].level == 24
    assert set(received.authors) == {"a"}


def test_an_outline_and_a_refusal_come_as_they_were_sent() -> None:
    for reply in (
        Reply(outline=(Part("One", 1, 5), Part("Two", 2, 0))),
        Reply(refused=("What.", "Kept.", "Do.")),
        Reply(fault="Traceback", acts=("open /x",), memory=7),
    ):
        stream = io.BytesIO()
        send_reply(stream, reply)
        stream.seek(0)
        assert receive_reply(stream) == reply


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(head=_JSON, blocks=_JSON, text=st.text(max_size=20))
def test_nothing_else_than_a_bad_reply_comes_of_any_json(head: object, blocks: object, text: str) -> None:
    for sent in (head, {**_HEAD, "article": head}, _HEAD):
        try:
            article = _received(sent, text.encode("utf-8", "surrogatepass"), blocks).article
        except BadReply:
            continue
        if article is not None:
            check_blocks(article.text, article.blocks)


@given(data=st.binary(max_size=200))
def test_nothing_else_than_a_bad_reply_comes_of_any_bytes(data: bytes) -> None:
    with pytest.raises((BadReply, EOFError)):
        receive_reply(io.BytesIO(data))


def test_blocks_that_overlap_are_refused() -> None:
    with pytest.raises(BadReply):
        check_blocks("ab\ncd", [Block(BlockKind.PARAGRAPH, 0, 2), Block(BlockKind.PARAGRAPH, 1, 5)])
