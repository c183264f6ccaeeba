"""Sources: adding, importing, listing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.domain.annotation import Annotation
from annotator.domain.article import Article, ArticleText
from annotator.domain.claim import Claim
from annotator.domain.evidence import Evidence
from annotator.domain.ids import SourceId
from annotator.domain.source import Source, SourceKind
from annotator.errors import InvalidValue
from annotator.interchange.csl import SourceFields, csl_name, source_fields
from annotator.services.editing import put_changes
from annotator.storage import overview
from annotator.storage.store import Store

# The members of a record that a form shows, and so replaces.
_FORM = frozenset({"type", "title", "author", "issued", "URL", "DOI", "publisher", "container-title"})


@dataclass(frozen=True, slots=True)
class AddedSources:
    """Sources from a bibliography: those added and those that were there already."""

    added: tuple[Source, ...]
    known: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class SourceUsage:
    """A link of a source: the claim it bears on, and the article that makes the claim."""

    claim: Claim
    article: Article
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source as a person types it in."""

    title: str
    authors: tuple[str, ...] = ()
    year: str = ""
    url: str = ""
    doi: str = ""
    csl_type: str = "document"
    publication: str = ""
    publisher: str = ""

    def fields(self) -> SourceFields:
        """The same as a record of a bibliography.

        Raises:
            InvalidValue: there is no title, or the address or DOI is none.
        """
        if not self.title.strip():
            raise InvalidValue("A source needs a title.", kept="Nothing was changed.", todo="Give its title.")
        csl = {"type": self.csl_type, "container-title": self.publication, "publisher": self.publisher}
        record = {**csl, "title": self.title, "URL": self.url, "DOI": self.doi}
        record = {name: value.strip() for name, value in record.items() if value.strip()}
        known = source_fields({**record, "author": [csl_name(name) for name in self.authors if name.strip()]})
        for given, kept, what in ((self.url, known.url, "web address"), (self.doi, known.doi, "DOI")):
            if given.strip() and not kept:
                raise InvalidValue(
                    f"“{given}” is no {what}.",
                    kept="Nothing was changed.",
                    todo="Correct it, or leave it out.",
                )
        return replace(known, year=self.year.strip())


def add_source(store: Store, fields: SourceFields, *, kind: SourceKind = SourceKind.SECONDARY) -> Source:
    """Store a new source.

    Raises:
        InvalidValue: it has no title.
    """
    if not fields.title.strip():
        raise InvalidValue("A source needs a title.", kept="Nothing was changed.", todo="Give its title.")
    return store.put(
        Source(
            id=SourceId(store.new_id()),
            title=fields.title.strip(),
            authors=fields.authors,
            year=fields.year,
            url=fields.url,
            doi=fields.doi,
            csl=fields.csl,
            kind=kind,
        )
    )


def add_sources(store: Store, records: Sequence[SourceFields]) -> AddedSources:
    """Store the sources of a bibliography; one with a known DOI, or with a known title and year, is known already."""
    dois: dict[str, Source] = {}
    titles: dict[tuple[str, str], Source] = {}
    added: list[Source] = []
    known: list[Source] = []
    for source in store.find(Source):
        _remember(source, dois, titles)
    for record in records:
        twin = (
            dois.get(record.doi.lower()) if record.doi else titles.get((record.title.casefold(), record.year))
        )
        if twin is not None:
            known.append(twin)
            continue
        source = add_source(store, record)
        _remember(source, dois, titles)
        added.append(source)
    return AddedSources(tuple(added), tuple(known))


def _remember(source: Source, dois: dict[str, Source], titles: dict[tuple[str, str], Source]) -> None:
    if source.doi:
        dois[source.doi.lower()] = source
    titles[(source.title.casefold(), source.year)] = source


def edit_source(
    store: Store, *, source_id: SourceId, fields: SourceFields, base: Source | None = None
) -> Source:
    """Change what the form of a source shows; members of its record that the form does not show stay.

    Raises:
        InvalidValue: the title would be empty.
        EditConflict: somebody else changed the same fields since `base`, the source as the form saw it.
    """
    if not fields.title.strip():
        raise InvalidValue("A source needs a title.", kept="The old one stays.", todo="Give its title.")
    source = base or store.get(Source, source_id)
    shown = _FORM if fields.year != source.year else _FORM - {"issued"}
    record = {name: value for name, value in source.csl.items() if name not in shown} | dict(fields.csl)
    wanted = replace(
        source,
        title=fields.title.strip(),
        authors=fields.authors,
        year=fields.year,
        url=fields.url,
        doi=fields.doi,
        csl=record,
    )
    return put_changes(store, base=source, mine=wanted)


def delete_source(store: Store, *, source_id: SourceId) -> int:
    """Move a source with its evidence links to the bin; the number of links that went along."""
    source = store.get(Source, source_id)
    links = store.find(Evidence, {"source_id": source_id})
    for link in links:
        store.remove(link)
    store.remove(source)
    return len(links)


def uses_of(store: Store, *, source_id: SourceId) -> list[SourceUsage]:
    """Where a source bears on a claim, in the order the links were made."""
    links = store.find(Evidence, {"source_id": source_id}, order=("created_at", "id"))
    claims = {
        claim.id: claim for claim in store.find(Claim, any_of=("id", {link.claim_id for link in links}))
    }
    articles: dict[str, Article] = {}
    for mention in store.find(Annotation, any_of=("claim_id", claims), order=("created_at",)):
        text = store.get_immutable(ArticleText, mention.text_id)
        articles.setdefault(str(mention.claim_id), store.get(Article, text.article_id, deleted=True))
    return [
        SourceUsage(claims[link.claim_id], articles[link.claim_id], link)
        for link in links
        if link.claim_id in claims and link.claim_id in articles
    ]


def list_sources(store: Store) -> list[Source]:
    """All sources, by title."""
    return sorted(store.find(Source), key=lambda source: (source.title.casefold(), source.id))


def evidence_counts(store: Store) -> dict[str, int]:
    """How many links each source has, by its id."""
    return overview.evidence_counts(store)
