"""What every stored thing has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

EMPTY: Mapping[str, Any] = MappingProxyType({})

# Metadata of a dataclass field that is written once and too large for the journal.
BULK: Mapping[str, bool] = MappingProxyType({"bulk": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A row of the library.

    `rev` counts the changes (0: not stored yet) and guards against overwriting somebody else's; the times are
    UTC; `deleted_at` is set while the thing lies in the bin; `extra` keeps members of foreign formats for which
    there is no field, so that an export can write them back.
    """

    id: str
    rev: int = 0
    created_at: datetime | None = None
    updated_at: datetime | None = None
    created_by: str = ""
    deleted_at: datetime | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
