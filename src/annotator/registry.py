"""Finds plug-in objects by walking a package: one module or sub-package, one object."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from importlib.util import find_spec


def modules_with(package: str, attribute: str) -> Iterator[object]:
    """Yield the `attribute` of every part of `package` that has it, in order of their names.

    A part is a module, or a sub-package with a module named like the attribute in small letters: `IMPORTER` is looked
    for in `text_file.py` and in `book/importer.py`.
    """
    root = importlib.import_module(package)
    for info in sorted(pkgutil.iter_modules(root.__path__), key=lambda found: found.name):
        name = f"{package}.{info.name}"
        if info.ispkg:
            name = f"{name}.{attribute.lower()}"
            if find_spec(name) is None:
                continue
        value = getattr(importlib.import_module(name), attribute, None)
        if value is not None:
            yield value
