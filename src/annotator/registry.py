"""Finds plug-in objects by walking a package: one file, one object."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator


def modules_with(package: str, attribute: str) -> Iterator[object]:
    """Yield `module.<attribute>` of every module directly in `package` that has it, in order of module names."""
    root = importlib.import_module(package)
    for info in sorted(pkgutil.iter_modules(root.__path__), key=lambda found: found.name):
        module = importlib.import_module(f"{package}.{info.name}")
        value = getattr(module, attribute, None)
        if value is not None:
            yield value
