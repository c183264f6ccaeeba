"""A page with what is true of it, and the measures the importer is held to."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass

_WORD = re.compile(r"[぀-ヿ一-鿿]|[^\W_]+")


@dataclass(frozen=True)
class Page:
    """A page of a kind that exists: its bytes, and the article in it. `body` has a text for each block."""

    name: str
    html: str
    body: tuple[str, ...]
    title: str
    authors: tuple[str, ...] = ()
    date: str = ""
    encoding: str = "utf-8"

    @property
    def data(self) -> bytes:
        """The file."""
        return self.html.encode(self.encoding)


def page(
    name: str,
    html: str,
    body: list[str],
    title: str,
    authors: str = "",
    date: str = "",
    encoding: str = "utf-8",
) -> Page:
    """A page; `authors` divided by semicolons."""
    names = tuple(name.strip() for name in authors.split(";") if name.strip())
    return Page(name, html, tuple(_plain(text) for text in body), title, names, date, encoding)


def _plain(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text.replace("<br>", " "))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words, in Chinese and Japanese of four signs."""
    words = _WORD.findall(text.casefold())
    return Counter(tuple(words[n : n + 4]) for n in range(max(1, len(words) - 3)))


def body_f1(found: str, true: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of `found` in shingles."""
    one, other = shingles(found), shingles(true)
    common = (one & other).total()
    precision, recall = common / max(1, one.total()), common / max(1, other.total())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def document(head: str, body: str, lang: str = "en", extra: str = "") -> str:
    """A whole HTML file."""
    return f'<!DOCTYPE html>\n<html lang="{lang}"{extra}><head><meta charset="utf-8">{head}</head>\n<body>{body}</body></html>'


def og(
    title: str, site: str = "", date: str = "", author: str = "", url: str = "", description: str = ""
) -> str:
    """Open Graph and what goes with it."""
    parts = [f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">']
    parts += [f'<meta property="og:site_name" content="{site}">'] if site else []
    parts += [f'<meta property="article:published_time" content="{date}">'] if date else []
    parts += [f'<meta name="author" content="{author}">'] if author else []
    parts += [f'<meta property="og:url" content="{url}"><link rel="canonical" href="{url}">'] if url else []
    parts += [f'<meta name="description" content="{description}">'] if description else []
    return "".join(parts)


def ld(**fields: object) -> str:
    """A JSON-LD script."""
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **fields})}</script>'
