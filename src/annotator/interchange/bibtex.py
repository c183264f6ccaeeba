"""BibTeX and BibLaTeX, read by bibtexparser (https://bibtexparser.readthedocs.io) and kept as CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from annotator.domain.article import clean_text
from annotator.domain.source import Source
from annotator.interchange.csl import Problem, SourceFields, bare_doi, source_fields, to_csl

if TYPE_CHECKING:
    from bibtexparser.model import Entry, Field, String
    from pylatexenc.latex2text import LatexNodes2Text

_TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "proceedings": "book",
    "collection": "book", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "techreport": "report", "report": "report", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "dataset": "dataset", "data": "dataset", "software": "software", "manual": "book", "booklet": "pamphlet",
    "unpublished": "manuscript", "patent": "patent", "misc": "document", "video": "motion_picture",
    "newspaper": "article-newspaper", "legislation": "legislation", "letter": "personal_communication",
}  # fmt: skip
_ENTRY_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "article": "article",
    "book": "book", "chapter": "incollection", "paper-conference": "inproceedings", "thesis": "phdthesis",
    "report": "techreport", "webpage": "online", "post-weblog": "online", "post": "online", "dataset": "dataset",
    "software": "software", "pamphlet": "booklet", "manuscript": "unpublished", "patent": "patent",
}  # fmt: skip
# BibTeX field to CSL member. The first name of a member is the one that is written.
_FIELDS = {
    "title": "title", "journal": "container-title", "journaltitle": "container-title",
    "booktitle": "container-title", "publisher": "publisher", "institution": "publisher", "school": "publisher",
    "organization": "publisher", "address": "publisher-place", "location": "publisher-place", "volume": "volume",
    "number": "issue", "issue": "issue", "pages": "page", "edition": "edition", "series": "collection-title",
    "isbn": "ISBN", "issn": "ISSN", "abstract": "abstract", "note": "note", "annote": "annote",
    "language": "language", "langid": "language", "keywords": "keyword", "version": "version",
    "pagetotal": "number-of-pages", "howpublished": "medium", "type": "genre", "shorttitle": "title-short",
    "eventtitle": "event-title", "chapter": "chapter-number",
}  # fmt: skip
_NAMES = {"author": "author", "editor": "editor", "translator": "translator"}
_VERBATIM = ("url", "doi", "eprint", "file", "howpublished")  # never decoded: % _ ~ and \ belong to addresses
_URL = re.compile(r"https?://[^\s{}\"<>]+", re.IGNORECASE)
_CONCATENATED = re.compile(r"(\"[^\"]*\"|\{[^{}]*\})|([^\s#\"{}]+)")
_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10,
           "nov": 11, "dec": 12}  # fmt: skip
_DATE = re.compile(r"(-?\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?")
_ESCAPES = {character: f"\\{character}" for character in "&%#_$"} | {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def read_bibtex(text: str) -> tuple[list[SourceFields], list[Problem]]:
    """The entries of a BibTeX file in order, and what could not be read. Never raises: the rest is always read.

    Accents and other LaTeX are decoded, addresses are taken as they stand. The citation key becomes the record's
    "id" and "citation-key"; of two entries with one key the first counts.
    """
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - slow to import, and only needed here

    library = parse_string(clean_text(text))
    decoder = _decoder()
    found: list[SourceFields] = []
    problems = [
        Problem(f"line {(block.start_line or 0) + 1}", _reason(block.error))
        for block in library.failed_blocks
    ]
    for entry in library.entries:
        try:
            fields = source_fields(_record(entry, library.strings_dict, decoder))
        except (ValueError, RecursionError) as error:
            problems.append(Problem(entry.key, f"It could not be understood: {error}"))
            continue
        if fields.title:
            found.append(fields)
        else:
            problems.append(Problem(entry.key, "It has no title."))
    return found, problems


def write_bibtex(sources: Iterable[Source]) -> str:
    """BibTeX in UTF-8, one entry for each source, with keys that occur once."""
    keys: set[str] = set()
    return "\n".join(_entry(to_csl(source), keys) for source in sources)


def _reason(error: object) -> str:
    text = " ".join(str(getattr(error, "abort_reason", error)).split()) or type(error).__name__
    return text if len(text) <= 200 else f"{text[:199]}…"


def _decoder() -> LatexNodes2Text:
    from pylatexenc import latex2text  # noqa: PLC0415 - comes with bibtexparser, as slow

    context = latex2text.get_default_latex_context_db()
    signs = {"url": "%s", "textasciicircum": "^", "textasciitilde": "~"}
    macros = [latex2text.MacroTextSpec(name, simplify_repl=sign) for name, sign in signs.items()]
    context.add_context_category("signs", prepend=True, macros=macros)
    return latex2text.LatexNodes2Text(latex_context=context, math_mode="verbatim")


def _plain(value: str, decoder: LatexNodes2Text) -> str:
    """LaTeX as plain text on one line; as it stands where it is no LaTeX."""
    if not re.search(r"[\\{}$~%]|--|``|''", value):
        return " ".join(value.split())
    # A lone per cent sign starts a comment in TeX, but in bibliographies it is a per cent sign.
    return " ".join(str(decoder.latex_to_text(re.sub(r"(?<!\\)%", r"\\%", value))).split())


def _value(field: Field, strings: Mapping[str, String]) -> str:
    """A field's text, with `abbreviation # "text"` put together."""
    written = str(field.value)
    if field.enclosing != "no-enclosing" or "#" not in written:
        return written
    parts = (part for pair in _CONCATENATED.findall(written) for part in pair if part)
    return "".join(
        part[1:-1] if part[0] in '"{' else str(strings[part].value) if part in strings else part
        for part in parts
    )


def _record(entry: Entry, strings: Mapping[str, String], decoder: LatexNodes2Text) -> dict[str, Any]:
    values = {field.key.lower(): _value(field, strings) for field in entry.fields}
    record: dict[str, Any] = {
        "id": entry.key,
        "citation-key": entry.key,
        "type": _TYPES.get(entry.entry_type.lower(), "document"),
    }
    for name, member in _NAMES.items():
        people = _people(values.get(name, ""), decoder)
        if people:
            record[member] = people
    for name, member in _FIELDS.items():
        value = values.get(name, "")
        if value and member not in record and name not in _VERBATIM:
            record[member] = _plain(value, decoder)
    if "subtitle" in values and "title" in record:
        record["title"] = f"{record['title']}: {_plain(values['subtitle'], decoder)}"
    if "page" in record:
        record["page"] = re.sub(r"\s*[–—-]+\s*", "-", record["page"])
    record |= _addresses(values)
    for member, date in (("issued", _issued(values)), ("accessed", _date(values.get("urldate", "")))):
        if date:
            record[member] = date
    return record


def _addresses(values: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("url", "howpublished"):
        match = _URL.search(values.get(name, ""))
        if match and "URL" not in found:
            found["URL"] = re.sub(r"\\([%#&_~])", r"\1", match.group())
    doi = bare_doi(values.get("doi", "").replace("\\_", "_"))
    if doi:
        found["DOI"] = doi
    if "howpublished" in values and "URL" not in found:
        found["medium"] = values["howpublished"]
    return found


def _people(value: str, decoder: LatexNodes2Text) -> list[dict[str, str]]:
    """Names split before LaTeX is decoded: braces hold organisations and "and"s together."""
    from bibtexparser.middlewares import names  # noqa: PLC0415 - as above

    people: list[dict[str, str]] = []
    for written in names.split_multiple_persons_names(value):
        whole = written.strip()
        if whole.startswith("{") and _closing(whole) == len(whole) - 1:
            people.append({"literal": _plain(whole[1:-1], decoder)})
            continue
        try:
            parts = names.parse_single_name_into_parts(whole, strict=False)
        except names.InvalidNameError:
            people.append({"literal": _plain(whole, decoder)})
            continue
        keys = {
            "family": parts.last,
            "given": parts.first,
            "non-dropping-particle": parts.von,
            "suffix": parts.jr,
        }
        person = {key: _plain(" ".join(words), decoder) for key, words in keys.items() if words}
        if set(person) == {"family"}:
            person = {"literal": person["family"]}
        if person:
            people.append(person)
    return people


def _closing(text: str) -> int:
    """Where the brace that opens `text` is closed; -1 when it is not."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return place
    return -1


def _issued(values: Mapping[str, str]) -> dict[str, Any]:
    if "date" in values:
        return _date(values["date"])
    year = values.get("year", "").strip("{} ")
    issued = _date(year)
    month = values.get("month", "").strip("{} ").lower()
    number = int(month) if month.isdecimal() else _MONTHS.get(month[:3], 0)
    if "date-parts" in issued and 1 <= number <= 12 and len(issued["date-parts"][0]) == 1:
        issued["date-parts"][0].append(number)
    return issued


def _date(text: str) -> dict[str, Any]:
    match = _DATE.match(text.strip())
    if match:
        return {"date-parts": [[int(part) for part in match.groups() if part]]}
    return {"literal": text.strip()} if text.strip() else {}


def _entry(record: Mapping[str, Any], keys: set[str]) -> str:
    fields = {
        name: _name_list(record[member])
        for name, member in _NAMES.items()
        if isinstance(record.get(member), list) and record[member]
    }
    written: set[str] = set()
    container = "booktitle" if record.get("type") in ("chapter", "paper-conference") else "journal"
    for name, member in _FIELDS.items():
        value = record.get(member)
        if member not in written and isinstance(value, str | int | float) and value != "":
            fields[container if member == "container-title" else name] = _escape(str(value))
            written.add(member)
    if "pages" in fields:
        fields["pages"] = re.sub(r"(?<=\w)-(?=\w)", "--", fields["pages"])
    for name, member in (("date", "issued"), ("urldate", "accessed")):
        date = _iso(record.get(member))
        if date:
            fields[name] = date
    if "date" in fields:
        fields["year"] = fields["date"][: 5 if fields["date"].startswith("-") else 4]
    for name, member in (("doi", "DOI"), ("url", "URL")):
        if record.get(member):
            fields[name] = _balanced(str(record[member]))
    kind = _ENTRY_TYPES.get(str(record.get("type")), "misc")
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{_key(record, keys)},\n{body}}}\n"


def _key(record: Mapping[str, Any], keys: set[str]) -> str:
    wished = str(record.get("citation-key") or record.get("id") or "source")
    base = re.sub(r"[^\w:.+/-]", "", wished) or "source"
    key, number = base, 1
    while key in keys:
        number += 1
        key = f"{base}-{number}"
    keys.add(key)
    return key


def _name_list(people: list[Any]) -> str:
    return " and ".join(filter(None, map(_name, people)))


def _name(person: Any) -> str:
    if not isinstance(person, Mapping):
        return f"{{{_escape(str(person))}}}"
    if person.get("literal"):
        return f"{{{_escape(str(person['literal']))}}}"
    particles = (str(person.get(key, "")) for key in ("dropping-particle", "non-dropping-particle"))
    family = " ".join(filter(None, (*particles, str(person.get("family", "")))))
    parts = (family, str(person.get("suffix", "")), str(person.get("given", "")))
    return ", ".join(_escape(part) for part in parts if part)


def _iso(date: Any) -> str:
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    if not (isinstance(parts, list) and parts and isinstance(parts[0], list)):
        return ""
    try:
        numbers = [int(part) for part in parts[0][:3]]
    except (TypeError, ValueError):
        return ""
    return "-".join(f"{number:02d}" if place else f"{number:04d}" for place, number in enumerate(numbers))


def _escape(value: str) -> str:
    """Text in which nothing is a command of LaTeX or ends the field early."""
    return "".join(_ESCAPES.get(character, character) for character in " ".join(value.split()))


def _balanced(value: str) -> str:
    """An address with its braces in percent form, as they would end the field early."""
    return value.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
