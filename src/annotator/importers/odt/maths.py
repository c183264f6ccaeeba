"""Formulas of OpenDocument, which are MathML, as one line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.xml_names import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_FORMULA = 4000  # characters
_BETWEEN = {
    "mfrac": ("/",), "msup": ("^",), "mover": ("^",), "msub": ("_",), "munder": ("_",), "msubsup": ("_", "^"),
    "munderover": ("_", "^"),
}  # fmt: skip


def formula_in(root: _Element) -> str:
    """A formula as its program writes it down (such as "x^2 = 4"), else as its signs show it."""
    for entry in root.iter("*"):
        if local(entry) == "annotation" and (entry.text or "").strip():
            return " ".join((entry.text or "").split())[:_MAX_FORMULA]
    return " ".join(_text(root).split())[:_MAX_FORMULA]


def _text(element: _Element) -> str:
    name = local(element)
    inner = [_text(part) for part in element if local(part) != "annotation"]
    signs = _BETWEEN.get(name)
    if signs and len(inner) == len(signs) + 1:
        grouped = [text if len(text) <= 1 or text.isalnum() else f"({text})" for text in inner]
        return grouped[0] + "".join(f"{sign}{text}" for sign, text in zip(signs, grouped[1:], strict=True))
    words = "".join(inner)
    if name == "msqrt":
        return f"√({words})"
    return (element.text or "") + words if len(element) == 0 else words
