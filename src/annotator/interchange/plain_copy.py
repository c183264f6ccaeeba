"""Stored things as plain JSON that needs no program of ours: names in words, lists as lists, times in ISO 8601."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from annotator.domain.article import Attachment
from annotator.domain.entity import Entity
from annotator.errors import InvalidValue

FORMAT = "annotator plain copy"
VERSION = 1
LARGEST = 64 * 1024  # bytes of a file that is included; of larger ones there is only the hash
ABOUT = (
    "Everything in this library, by kind. “deleted_at” is set for what lies in the bin. Offsets count code points of "
    "the “text” of an article_text; ends are exclusive. What a block doesn't mention is empty or 0. "
    "A file above 64 KB is represented by its SHA-256."
)


def plain_entity(entity: Entity) -> dict[str, Any]:
    """All fields of an entity as JSON values, under their own names; files as they were before they were packed."""
    if isinstance(entity, Attachment):
        with suppress(InvalidValue):  # a damaged one stays as it is
            entity = dataclasses.replace(entity, data=entity.content(), compression="")
    return {field.name: _plain(getattr(entity, field.name)) for field in dataclasses.fields(entity)}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return _file(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        defaults = getattr(value, "_field_defaults", {})
        return {
            name: _plain(item)
            for name, item in value._asdict().items()
            if name not in defaults or item != defaults[name]
        }
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _file(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    if len(data) <= LARGEST:
        found["base64"] = base64.b64encode(data).decode("ascii")
    return found
