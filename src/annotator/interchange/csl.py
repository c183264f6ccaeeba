"""CSL-JSON, the records of citation managers (https://citationstyles.org, schema csl-data 1.0.2)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from annotator.domain.article import clean_text
from annotator.domain.entity import EMPTY
from annotator.domain.source import Source, family_name
from annotator.errors import UnreadableFile

_KEPT = "Nothing was added."
_DEPTH = 20  # levels of lists and objects in one record; the schema has five
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


class Problem(NamedTuple):
    """A record that could not be read: where it stands (its key, its number or a line) and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFields:
    """What a bibliography says about a source. `csl` is the whole record, unknown members included."""

    title: str
    authors: tuple[str, ...] = ()
    year: str = ""
    url: str = ""
    doi: str = ""
    csl: Mapping[str, Any] = field(default_factory=lambda: EMPTY)


def source_fields(record: Mapping[str, Any]) -> SourceFields:
    """The fields of one CSL-JSON record. Members of an unexpected type count as absent and stay in `csl`."""
    csl: dict[str, Any] = _clean(dict(record))
    return SourceFields(
        title=_line(csl.get("title")) or _line(csl.get("title-short")),
        authors=tuple(name for name in map(_written_name, _people(csl)) if name),
        year=_year(csl.get("issued")),
        url=_web_address(csl.get("URL")),
        doi=bare_doi(_line(csl.get("DOI"))),
        csl=MappingProxyType(csl),
    )


def to_csl(source: Source) -> dict[str, Any]:
    """The CSL-JSON record of a source: its own record, brought up to date with the fields edited since."""
    record: dict[str, Any] = dict(source.csl)
    record.setdefault("id", source.id)
    record.setdefault("type", "document")
    record["title"] = source.title
    known = source_fields(record)
    edited = (
        ("author", known.authors, source.authors, [csl_name(name) for name in source.authors]),
        ("issued", known.year, source.year, _issued(source.year)),
        ("URL", known.url, source.url, source.url),
        ("DOI", known.doi, source.doi, source.doi),
    )
    for key, before, now, value in edited:
        if before == now:
            continue
        if now:
            record[key] = value
        else:
            record.pop(key, None)
    accessed = _date_parts(source.accessed_on)
    if accessed and "accessed" not in record:
        record["accessed"] = {"date-parts": [accessed]}
    return record


def read_csl(data: bytes) -> tuple[list[SourceFields], list[Problem]]:
    """The records of a CSL-JSON file: a list, one record, or `{"items": [...]}`. Broken records are reported.

    Raises:
        UnreadableFile: the file is no JSON, or holds no records.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            "The bibliography is no JSON.", kept=_KEPT, todo="Export it as CSL-JSON once more."
        ) from error
    if isinstance(content, dict):
        content = content.get("items", [content])
    if not isinstance(content, list):
        raise UnreadableFile("The file holds no CSL-JSON records.", kept=_KEPT)
    found: list[SourceFields] = []
    problems: list[Problem] = []
    for number, record in enumerate(content, 1):
        if not isinstance(record, dict):
            problems.append(Problem(f"record {number}", "It is no object with members."))
            continue
        fields = source_fields(record)
        if fields.title:
            found.append(fields)
        else:
            problems.append(Problem(str(record.get("id") or f"record {number}"), "It has no title."))
    return found, problems


def write_csl(sources: Iterable[Source]) -> str:
    """CSL-JSON of `sources`, one list, ending in a line feed."""
    return json.dumps([to_csl(source) for source in sources], ensure_ascii=False, indent=2) + "\n"


def csl_name(name: str) -> dict[str, str]:
    """A name as people write it in CSL: the last word is the family name, with the particles before it.

    "Family, Given" is understood; one word, or a name with a word of organisation in it, is kept whole.
    """
    family = family_name(name)
    if "," in name:
        return {"family": family, "given": name.split(",", 1)[1].strip()}
    words = name.split()
    if family == name or len(words) < 2:
        return {"literal": name}
    first = len(words) - 1
    while first > 1 and words[first - 1][:1].islower():
        first -= 1
    return {"family": " ".join(words[first:]), "given": " ".join(words[:first])}


def bare_doi(text: str) -> str:
    """The DOI in `text` without "https://doi.org/" or "doi:" before it; "" when there is none."""
    match = _DOI.search(text)
    return match.group().rstrip(".,;") if match else ""


def _people(csl: Mapping[str, Any]) -> Sequence[Any]:
    people = csl.get("author")
    return people if isinstance(people, list) else ()


def _written_name(person: Any) -> str:
    if isinstance(person, str):
        return person.strip()
    if not isinstance(person, Mapping):
        return ""
    literal = _line(person.get("literal"))
    if literal:
        return literal
    particles = (_line(person.get(key)) for key in ("dropping-particle", "non-dropping-particle"))
    parts = (_line(person.get("given")), *particles, _line(person.get("family")), _line(person.get("suffix")))
    return " ".join(part for part in parts if part)


def _line(value: Any) -> str:
    """A member as one line of text: numbers are written, lists and objects count as absent."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value).split())


def _year(issued: Any) -> str:
    if not isinstance(issued, Mapping):
        match = _YEAR.search(_line(issued))
        return match.group() if match else ""
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return _line(parts[0][0])
    for key in ("raw", "literal", "edtf"):
        match = _YEAR.search(_line(issued.get(key)))
        if match:
            return match.group()
    return ""


def _issued(year: str) -> dict[str, Any]:
    return {"date-parts": [[int(year)]]} if year.lstrip("-").isdecimal() else {"literal": year}


def _date_parts(date: str) -> list[int]:
    return [int(part) for part in date[:10].split("-") if part.isdecimal()]


def _web_address(value: Any) -> str:
    """Only web addresses: nothing else may ever be opened from a source."""
    address = _line(value)
    return address if address.lower().startswith(("http://", "https://")) else ""


def _clean(value: Any, depth: int = 0) -> Any:
    """A member as it may be stored. What lies deeper than any record of the schema is left out."""
    if isinstance(value, str):
        return clean_text(value)
    if depth > _DEPTH:
        return None
    if isinstance(value, list | tuple):
        return [_clean(item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        return {clean_text(str(key)): _clean(item, depth + 1) for key, item in value.items()}
    return value
