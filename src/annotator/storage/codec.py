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
from annotator.errors import UserError

Plain = str | int | float | bool | bytes | None
Row = Mapping[str, Plain]
_Convert = Callable[[Any], Any]
# What reading a row may raise when the row is damaged: bad JSON, an unknown key, a wrong type, a forbidden value.
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, RecursionError, UserError)


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
        self._kinds = tuple(_kinds(hints[name]) for name in self.columns)
        self._good: set[tuple[type, ...]] = set()
        self._encoders = [(name, encode) for name, (encode, _) in zip(self.columns, converters, strict=True)]
        self._decoders = [(at, decode) for at, (_, decode) in enumerate(converters) if decode is not None]

    def encode(self, entity: E) -> dict[str, Plain]:
        """The row of plain values of an entity."""
        return {
            name: getattr(entity, name) if encode is None else encode(getattr(entity, name))
            for name, encode in self._encoders
        }

    def decode(self, values: typing.Sequence[Any]) -> E:
        """The entity of a row given in the order of `columns`.

        Raises:
            one of UNREADABLE: the row is damaged.
        """
        types = tuple(map(type, values))
        if types not in self._good:
            self._check(types)
        plain = list(values)
        for at, decode in self._decoders:
            plain[at] = decode(plain[at])
        return self.cls(**dict(zip(self.columns, plain, strict=True)))

    def usual(self) -> dict[str, Plain]:
        """What the fields of a new entity are when nobody says otherwise; without those that somebody has to say."""
        found: dict[str, Plain] = {}
        for field, (name, encode) in zip(dataclasses.fields(self.cls), self._encoders, strict=True):
            value: Any = field.default
            if field.default_factory is not dataclasses.MISSING:
                value = field.default_factory()
            if value is not dataclasses.MISSING:
                found[name] = value if encode is None else encode(value)
        return found

    def _check(self, types: tuple[type, ...]) -> None:
        """SQLite stores any type in any column; a row of the right ones is remembered, as few patterns recur."""
        for name, found, allowed in zip(self.columns, types, self._kinds, strict=True):
            if found not in allowed:
                raise TypeError(f"its {name} is {_TYPE_WORDS.get(found, 'a value')}")
        self._good.add(types)


_TYPE_WORDS = {NoneType: "missing", str: "text", bytes: "bytes", int: "a number", float: "a number"}
_CODECS: dict[type[Entity], Codec[Any]] = {}


def codec_of(cls: type[E]) -> Codec[E]:
    """The codec of a class, made once."""
    codec = _CODECS.get(cls)
    if codec is None:
        codec = _CODECS[cls] = Codec(cls)
    return codec


def reason_of(error: BaseException) -> str:
    """Why a row can't be read, for people; the end of a sentence."""
    if isinstance(error, UserError):
        return error.what.rstrip(".").replace("The ", "the ", 1)
    if isinstance(error, KeyError):
        return f"it has an unknown value {str(error)[:60]}"
    if isinstance(error, TypeError) and str(error).startswith("its "):
        return str(error)
    return f"a value in it is damaged ({' '.join(str(error).split())[:80]})"


@lru_cache(maxsize=16)  # all rows of a unit of work carry the same time
def time_to_text(time: datetime) -> str:
    """ISO 8601 in UTC with microseconds: sorts as text."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def _kinds(hint: Any) -> frozenset[type]:
    """The types that a stored value of this field may have."""
    if isinstance(hint, UnionType) or typing.get_origin(hint) is typing.Union:
        return frozenset().union(*(_kinds(part) for part in typing.get_args(hint)))
    if hint is NoneType:
        return frozenset((NoneType,))
    if hint is bool:
        return frozenset((bool, int))
    if hint is float:
        return frozenset((float, int))
    return frozenset((hint,)) if hint in (int, bytes) else frozenset((str,))


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
        return to_json, _segments_from_json
    if item is ScaleStep:
        return (
            lambda steps: to_json([dataclasses.asdict(step) for step in steps]),
            lambda stored: tuple(ScaleStep(**values) for values in json.loads(stored)),
        )
    return _strings_to_json, strings_from_json


def _segments_from_json(stored: str) -> tuple[Segment, ...]:
    segments = tuple(map(Segment._make, _decode(stored)))
    for start, end, exact, _, _ in segments:
        if type(start) is not int or type(end) is not int or type(exact) is not str:
            raise ValueError("a passage without a place or words")
    if not segments:
        raise ValueError("no passage")
    return segments


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
    found = json.loads(stored)
    if type(found) is not list or not all(type(item) is str for item in found):
        raise ValueError("no list of words")
    return tuple(found)


def _mapping_to_json(values: Mapping[str, Any]) -> str:
    return to_json(dict(values)) if values else "{}"


def _mapping_from_json(stored: str) -> Mapping[str, Any]:
    if stored == "{}":
        return EMPTY
    found = json.loads(stored)
    if type(found) is not dict:
        raise ValueError("no members")
    return MappingProxyType(found)
