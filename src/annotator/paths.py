"""Where things lie on this computer."""

from __future__ import annotations

import os
from pathlib import Path

LIBRARY_SUFFIX = ".annotator"
LIBRARY_NAME = f"library{LIBRARY_SUFFIX}"
_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of icons, fonts and tokens: inside an installed package, else the checkout's `resources/`."""
    packed = _PACKAGE / "_resources"
    return packed if packed.is_dir() else _PACKAGE.parents[1] / "resources"


def sample_texts() -> Path:
    """The folder of the sample articles, packed or in the checkout."""
    packed = _PACKAGE / "_resources" / "sample_texts"
    return packed if packed.is_dir() else _PACKAGE.parents[1] / "sample_texts"


def data_folder(override: Path | None = None) -> Path:
    """The user's data folder (not created here); `override` is the value of `--data-dir`."""
    if override is not None:
        return override
    import platformdirs  # noqa: PLC0415 - only needed when nothing was given

    return Path(platformdirs.user_data_dir("annotator", appauthor=False))


def library_path(library: Path | None = None, *, data_dir: Path | None = None) -> Path:
    """The library file to use: `library`, else `ANNOTATOR_LIBRARY`, else the one in the data folder."""
    if library is not None:
        return library
    named = os.environ.get("ANNOTATOR_LIBRARY")
    if named and data_dir is None:
        return Path(named)
    return data_folder(data_dir) / LIBRARY_NAME
