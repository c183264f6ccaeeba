"""The article in the data that a page carries along for its scripts, where its mark-up holds none."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ENOUGH = 600  # characters of text on a page that make it unlikely that its article lies in its scripts
_MOST_JSON = 8_000_000  # characters
_MOST_VALUES = 300_000
_FEW_BLOCKS, _SHORT_BLOCKS = 3, 60  # blocks at least; characters of one on average at least
_ASSIGNED = re.compile(r"\s*(?:window|self|globalThis|var\s|let\s|const\s)[^={]{0,200}=\s*(?=[{\[])")
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BODY_KEYS = frozenset(
    {"articlebody", "body", "bodyhtml", "bodytext", "content", "contenthtml", "text", "html"}
)
_TEXT_KEYS = ("html", "text", "content", "value", "body", "textHtml", "contentHtml")
_STANDFIRST_KEYS = ("standfirst", "dek", "deck", "subheadline", "subtitle")


@dataclass(frozen=True, slots=True)
class _Found:
    titled: bool  # it lies below the page's title
    size: int
    mark_up: str


def carried_article(page: str, title: str) -> str:
    """The article in JSON-LD or the state of an application, as HTML that is still foreign; "" where there is none."""
    found: list[_Found] = []
    for script in _scripts(page):
        found += _bodies(script, _letters(title))
    best = max(found, key=lambda one: (one.titled, one.size), default=None)
    return f"<article>{best.mark_up}</article>" if best else ""


def _scripts(page: str) -> Iterator[Any]:
    """The values of the scripts that are JSON, or assign it."""
    left, end = _MOST_JSON, 0
    while (start := page.find("<script", end)) >= 0 and (begin := page.find(">", start)) >= 0:
        end = page.find("</script", begin)
        if end < 0:
            return
        written = page[begin + 1 : end] if ENOUGH <= end - begin <= left else ""
        assigned = _ASSIGNED.match(written)
        written = (written[assigned.end() :] if assigned else written).lstrip()
        if written[:1] in ("{", "["):
            left -= len(written)
            try:
                yield json.JSONDecoder(strict=False).raw_decode(written)[0]
            except (ValueError, RecursionError):
                continue  # a script like others


def _bodies(value: Any, title: str) -> Iterator[_Found]:
    waiting: list[tuple[Any, str, bool, str]] = [(value, "", False, "")]
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        one, key, titled, standfirst = waiting.pop()
        if isinstance(one, str) and len(one) >= ENOUGH:
            mark_up = _of_text(one, key)
        elif isinstance(one, list):
            mark_up = _of_blocks(one)
            waiting += [
                (inner, key, titled, standfirst) for inner in one if isinstance(inner, (dict, list, str))
            ]
        elif isinstance(one, dict):
            if title and any(
                isinstance(v, str) and len(v) <= 1000 and _letters(v) == title for v in one.values()
            ):
                titled = True
                standfirst = next((one[k] for k in _STANDFIRST_KEYS if isinstance(one.get(k), str)), "")
            waiting += [(inner, str(name), titled, standfirst) for name, inner in one.items()]
            continue
        else:
            continue
        size = len(_TAG.sub("", mark_up))
        if size >= ENOUGH:
            first = f'<p class="standfirst">{html.escape(standfirst)}</p>' if standfirst else ""
            yield _Found(titled, size, first + mark_up)


def _of_text(text: str, key: str) -> str:
    """A string as mark-up, where it is an article's: HTML with paragraphs, or plain text that is called its body."""
    if len(_PARAGRAPH.findall(text)) >= 2:
        return text
    if key.lower() not in _BODY_KEYS or text.lstrip()[:1] in ("{", "[") or " " not in text[:100]:
        return ""
    plain = html.unescape(_TAG.sub(" ", text)) if "<" in text else text
    return "".join(f"<p>{html.escape(line)}</p>" for line in plain.split("\n") if line.strip())


def _of_blocks(blocks: Sequence[Any]) -> str:
    """A list of objects as mark-up, where they are the blocks of a text."""
    texts = [
        (str(block.get("type", "")).lower(), _text_of(block)) for block in blocks if isinstance(block, dict)
    ]
    texts = [(kind, text) for kind, text in texts if text]
    if len(texts) < _FEW_BLOCKS or sum(len(text) for _, text in texts) < _SHORT_BLOCKS * len(texts):
        return ""
    tags = (
        ("h2" if "head" in kind else "blockquote" if "quote" in kind else "div", text) for kind, text in texts
    )
    return "".join(f"<{tag}>{text}</{tag}>" for tag, text in tags)


def _text_of(block: Mapping[str, Any]) -> str:
    """The text of a block, in itself or one level deeper."""
    for holder in (block, *(inner for inner in block.values() if isinstance(inner, dict))):
        for key in _TEXT_KEYS:
            text = holder.get(key)
            if isinstance(text, str) and text.strip():
                return text if "<" in text else html.escape(text)
    return ""


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
