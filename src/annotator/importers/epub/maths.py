"""Formulas in MathML as one line of text, such as (a+b)/2 and x^2, as those of Word are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_DEPTH = 60  # of a formula; what lies deeper is left out
_SPACED = frozenset("=<>≤≥≠≈≡∈∉⊂⊆→⇒⇔↦+−±×")
_LEFT_OUT = frozenset({"annotation", "annotation-xml", "mphantom", "maligngroup", "malignmark"})
_NO_TEXT = re.compile(r"(?i)(?:alternative text |alttext )?(?:is )?not available|equation|formula|math")


def write_formula(formula: _Element) -> None:
    """Make a formula a run of text: its alternative text where it has one that says something, else what it shows."""
    said = " ".join(formula.get("alttext", "").split())
    text = said if said and not _NO_TEXT.fullmatch(said) else " ".join(_shown(formula, 0).split())
    for child in list(formula):
        formula.remove(child)
    displayed = formula.get("display") == "block"
    formula.attrib.clear()
    formula.text = text
    formula.tag = "div" if displayed and formula.getparent() is not None else "span"


def _shown(element: _Element, depth: int) -> str:
    if depth > MAX_DEPTH or element.tag in _LEFT_OUT:
        return ""
    if element.tag == "mo":
        sign = (element.text or "").strip()
        return f" {sign} " if sign in _SPACED else sign
    if not len(element):
        return " ".join((element.text or "").split()) or (" " if element.tag in ("mspace", "mtext") else "")
    if element.tag == "semantics":
        return _shown(element[0], depth + 1)
    parts = [_shown(child, depth + 1) for child in element]
    one, two, three = [*parts, "", "", ""][:3]
    if element.tag == "mfrac":
        return f"{_grouped(one)}/{_grouped(two)}"
    if element.tag in ("msup", "mover"):
        return f"{one}^{_grouped(two)}"
    if element.tag in ("msub", "munder"):
        return f"{one}_{_grouped(two)}"
    if element.tag in ("msubsup", "munderover"):
        return f"{one}_{_grouped(two)}^{_grouped(three)}"
    if element.tag == "msqrt":
        return f"√({''.join(parts)})"
    if element.tag == "mroot":
        return f"{two}√({one})"
    if element.tag == "mfenced":
        return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
    if element.tag == "mtable":
        return "; ".join(parts)
    if element.tag in ("mtr", "mlabeledtr"):
        return ", ".join(parts)
    return "".join(parts)


def _grouped(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 1 or text.isalnum() else f"({text})"
