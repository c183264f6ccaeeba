"""Links on the pages of a PDF: which words lead to which address."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_TO_AN_ADDRESS = 3  # PDFACTION_URI
_MOST, _MOST_BYTES = 2000, 2000  # links of a page, bytes of an address


class Link(NamedTuple):
    """An address, and two corners of the area that leads there."""

    address: str
    left: float
    bottom: float
    right: float
    top: float


def links_of(raw: Any, document: Any, page: Any) -> list[Link]:
    """The links of a page to addresses that may be opened: of the web, and of mail."""
    found: list[Link] = []
    place, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(_MOST):
        if not raw.FPDFLink_Enumerate(page, place, link):
            break
        address = _address(raw, document, link)
        found += [Link(address, *area) for area in _areas(raw, link)] if address else []
    return found


def _address(raw: Any, document: Any, link: Any) -> str:
    action = raw.FPDFLink_GetAction(link)
    if not action or raw.FPDFAction_GetType(action) != _TO_AN_ADDRESS:
        return ""
    buffer = ctypes.create_string_buffer(_MOST_BYTES)
    size = raw.FPDFAction_GetURIPath(document, action, buffer, _MOST_BYTES)
    address = buffer.value.decode("utf-8", "replace").strip() if 1 < size <= _MOST_BYTES else ""
    return address if _ADDRESS.match(address) and len(address.split()) == 1 else ""


def _areas(raw: Any, link: Any) -> Iterator[tuple[float, float, float, float]]:
    """The areas of a link: one for each line it stands on, where the file says so."""
    quad = raw.FS_QUADPOINTSF()
    count = min(raw.FPDFLink_CountQuadPoints(link), 100)
    for number in range(count):
        if raw.FPDFLink_GetQuadPoints(link, number, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield min(xs), min(ys), max(xs), max(ys)
    box = raw.FS_RECTF()
    if count <= 0 and raw.FPDFLink_GetAnnotRect(link, box):
        yield box.left, box.bottom, box.right, box.top


def link_words(
    words: Sequence[Any], links: Sequence[Link], placed: Callable[[float, float], tuple[float, float]]
) -> None:
    """Tell `words` their addresses; `placed` gives a point of the page as the words count."""
    for link in links:
        (ax, ay), (bx, by) = placed(link.left, link.bottom), placed(link.right, link.top)
        left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        for word in words:
            if top <= word.base - 0.3 * word.size <= bottom and left <= (word.x0 + word.x1) / 2 <= right:
                word.link = link.address
