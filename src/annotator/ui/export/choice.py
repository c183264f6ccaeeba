"""What the export dialog is told and what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportStyle:
    """A way to write an article out. `name` is what `render` gets; `icon` is a name of the icon set."""

    name: str
    label: str
    hint: str
    icon: str


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What is included in an export."""

    quotes: bool = True
    confidence: bool = True
    notes: bool = True
    open_claims: bool = False
    front_matter: bool = True


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """A finished export: its text, sentences about what is left out, and the file name to propose."""

    text: str
    left_out: tuple[str, ...] = ()
    file_name: str = ""


Render = Callable[[str, ExportChoice], ExportPreview]
ToHtml = Callable[[str], str]
