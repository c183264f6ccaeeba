"""Formulas of Word as one line of text, such as (a+b)/2 and x^2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.xml_names import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_ATTRIBUTE = "{http://schemas.openxmlformats.org/officeDocument/2006/math}val"
_PROPERTIES = "Pr"


def formula_text(element: _Element) -> str:
    """The text of a formula or a part of one."""
    name = local(element)
    if name == "t":
        return element.text or ""
    if name.endswith(_PROPERTIES) or name == "del":
        return ""
    if name == "d":
        inner = [formula_text(part) for part in element if local(part) == "e"]
        return f"{_sign(element, 'begChr', '(')}{', '.join(inner)}{_sign(element, 'endChr', ')')}"
    if name in _BUILT:
        return _built(element, name)
    if name in ("m", "eqArr"):
        return "; ".join(formula_text(part) for part in element if local(part) in ("mr", "e"))
    if name == "mr":
        return ", ".join(formula_text(part) for part in element if local(part) == "e")
    return "".join(formula_text(part) for part in element)


_BUILT = frozenset({"f", "sSup", "sSub", "sSubSup", "nary", "rad", "acc"})
_ARGUMENTS = frozenset({"num", "den", "e", "sub", "sup", "deg"})


def _built(element: _Element, name: str) -> str:
    """A fraction, root, sum or something raised or lowered, from its arguments."""
    parts = {local(part): formula_text(part) for part in element if local(part) in _ARGUMENTS}
    if name == "f":
        return f"{_grouped(parts.get('num', ''))}/{_grouped(parts.get('den', ''))}"
    base = parts.get("e", "")
    if name == "acc":
        return base + _sign(element, "chr", "\u0302")
    if name == "rad":
        return f"{parts.get('deg', '')}√({base})"
    low = f"_{_grouped(parts['sub'])}" if parts.get("sub") else ""
    high = f"^{_grouped(parts['sup'])}" if parts.get("sup") else ""
    return f"{_sign(element, 'chr', '∫')}{low}{high} {base}" if name == "nary" else f"{base}{low}{high}"


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _sign(element: _Element, name: str, otherwise: str) -> str:
    for part in element:
        if local(part).endswith(_PROPERTIES):
            for entry in part:
                if local(entry) == name:
                    return (entry.get(_ATTRIBUTE) or "")[:4]
    return otherwise
