"""Entities to rows of plain values and back, derived from the types of the dataclass fields."""

from __future__ import annotations

import dataclasses
import json
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any

from annotator.domain.article import Block, blocks_from_json, blocks_to_json
from annotator.domain.entity import EMPTY, Entity
from annotator.domain.rating import ScaleStep
from annotator.domain.selectors import Segment

Plain = str | int | float | bool | bytes | None
Row = Mapping[str, Plain]
_Convert = Callable[[Any], Any]


def to_json(value: Any) -> str:
    """Compact JSON with sorted keys: the same value always gives the same text."""
    return _encode(value)


_decode = json.JSONDecoder().decode
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


E = typing.TypeVar("E", bound=Entity)


class Codec(typing.Generic[E]):
    """Converts one class of entity. `columns` are its field names in order; `bulk` those the journal leaves out."""

    def __init__(self, cls: type[E]) -> None:
        self.cls = cls
        hints = typing.get_type_hints(cls)
        fields = dataclasses.fields(cls)
        self.columns = tuple(field.name for field in fields)
        self.bulk = frozenset(field.name for field in fields if field.metadata.get("bulk"))
        converters = [_converters(hints[name]) for name in self.columns]
        self._encoders = [(name, encode) for name, (encode, _) in zip(self.columns, converters, strict=True)]
        self._decoders = [(at, decode) for at, (_, decode) in enumerate(converters) if decode is not None]

    def encode(self, entity: E) -> dict[str, Plain]:
        """The row of plain values of an entity."""
        return {
            name: getattr(entity, name) if encode is None else encode(getattr(entity, name))
            for name, encode in self._encoders
        }

    def decode(self, values: typing.Sequence[Any]) -> E:
        """The entity of a row given in the order of `columns`."""
        plain = list(values)
        for at, decode in self._decoders:
            plain[at] = decode(plain[at])
        return self.cls(**dict(zip(self.columns, plain, strict=True)))


_CODECS: dict[type[Entity], Codec[Any]] = {}


def codec_of(cls: type[E]) -> Codec[E]:
    """The codec of a class, made once."""
    codec = _CODECS.get(cls)
    if codec is None:
        codec = _CODECS[cls] = Codec(cls)
    return codec


def time_to_text(time: datetime) -> str:
    """ISO 8601 in UTC with microseconds: sorts as text."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def _converters(hint: Any) -> tuple[_Convert | None, _Convert | None]:
    """How values of a type are stored and read; None means as they are."""
    if isinstance(hint, UnionType) or typing.get_origin(hint) is typing.Union:
        (inner,) = (part for part in typing.get_args(hint) if part is not NoneType)
        encode, decode = _converters(inner)
        return _unless_none(encode), _unless_none(decode)
    origin = typing.get_origin(hint)
    if origin is tuple:
        return _tuple_converters(typing.get_args(hint)[0])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_to_json, _mapping_from_json
    if hint is datetime:
        return time_to_text, _time_from_text
    if hint is bool:
        return None, bool
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return str, _members(hint).__getitem__
    return None, None


def _tuple_converters(item: Any) -> tuple[_Convert, _Convert]:
    if item is Block:
        return blocks_to_json, blocks_from_json
    if item is Segment:
        return to_json, lambda stored: tuple(map(Segment._make, _decode(stored)))
    if item is ScaleStep:
        return (
            lambda steps: to_json([dataclasses.asdict(step) for step in steps]),
            lambda stored: tuple(ScaleStep(**values) for values in json.loads(stored)),
        )
    return _strings_to_json, strings_from_json


def _members(kind: type[StrEnum]) -> Mapping[str, StrEnum]:
    """The members by their values: looking one up takes a fifth of the time that calling the class does."""
    return {member.value: member for member in kind}


def _unless_none(convert: _Convert | None) -> _Convert | None:
    if convert is None:
        return None
    return lambda value: None if value is None else convert(value)


def _strings_to_json(values: tuple[str, ...]) -> str:
    return to_json(values) if values else "[]"


# Everything that one edit made has one time.
_time_from_text = lru_cache(maxsize=256)(datetime.fromisoformat)


@lru_cache(maxsize=4096)
def strings_from_json(stored: str) -> tuple[str, ...]:
    """The stored form of a tuple of strings, read; the few that recur, such as tags, are kept."""
    return tuple(json.loads(stored))


def _mapping_to_json(values: Mapping[str, Any]) -> str:
    return to_json(dict(values)) if values else "{}"


def _mapping_from_json(stored: str) -> Mapping[str, Any]:
    return EMPTY if stored == "{}" else MappingProxyType(json.loads(stored))
