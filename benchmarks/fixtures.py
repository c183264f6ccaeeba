"""The article and the annotations that everything is measured with. Made from fixed seeds, stored by the services."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator.domain.article import BlockKind, ImportedArticle, Mark, MarkKind, TextBuilder
from annotator.domain.evidence import Stance
from annotator.domain.ids import ArticleId, SourceId, TextId
from annotator.domain.selectors import TextSpan
from annotator.interchange.csl import SourceFields
from annotator.services import articles, claims, evidence, ratings, sources, tags
from annotator.services.annotations import add_highlight
from annotator.services.articles import Original
from annotator.services.claims import ClaimFields
from annotator.services.evidence import EvidenceFields
from annotator.services.library import Environment, Library, Store

SEED = 20260321
SOURCES = 200
_ONSETS = (
    "b",
    "br",
    "c",
    "ch",
    "d",
    "f",
    "g",
    "h",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
)
_VOWELS = ("a", "e", "i", "o", "u", "ea", "ou", "é", "ö")
_VOWEL_WEIGHTS = (20, 24, 18, 16, 10, 5, 5, 1, 1)
_CODAS = ("", "", "", "n", "r", "s", "t", "l", "nd", "ng", "st")
_BEHIND = (" ", ", ", " – ", "; ", "\u00a0", " “", "” ", "’s ")
_BEHIND_WEIGHTS = (860, 70, 8, 8, 14, 12, 12, 16)
_PARAGRAPH = 590  # characters on average: 1 MB has about 1,700 of them


@dataclass(frozen=True, slots=True)
class AnnotatedLibrary:
    """A closed library file with one article. `text` is the article's canonical text."""

    path: Path
    article_id: ArticleId
    text_id: TextId
    text: str
    annotations: int

    def open(self) -> Library:
        """Open the file itself, to read from it."""
        return Library.open(self.path, Environment(user="Reader"))

    def copy(self, name: str) -> Path:
        """A copy of the file beside it, to write to."""
        target = self.path.with_name(f"{name}-{self.path.name}")
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(target)) as copied:
            source.backup(copied)
        return target


def make_library(path: Path, count: int, characters: int, *, structured: bool = False) -> AnnotatedLibrary:
    """Store an article of so many characters with `count` annotations spread evenly over it."""
    title = f"Measured with {count:,} annotations"
    imported = make_structured_article(characters, title) if structured else make_article(characters, title)
    original = Original("measured.txt", "text/plain", imported.text.encode(), "plain-text", "1")
    with Library.open(path, Environment(user="Reader")) as library:
        added = library.execute(
            partial(articles.add_article, imported=imported, original=original), label="Import article"
        ).value
        text = library.read(lambda store: articles.current_text(store, added.article.id))
        library.execute(
            partial(_annotate, text_id=text.id, length=len(text.text), count=count), label="Annotate"
        )
    return AnnotatedLibrary(path, added.article.id, text.id, text.text, count)


def make_article(characters: int, title: str, *, emoji: bool = False) -> ImportedArticle:
    """An article of about so many characters, of words, sentences and paragraphs as long as in English prose.

    A few percent of the characters are no ASCII; with `emoji` some are above U+FFFF as well, which Qt counts twice.
    """
    rng = random.Random(SEED)
    words = [_word(rng) for _ in range(4_000)]
    builder = TextBuilder()
    builder.add(BlockKind.HEADING, title, level=1)
    length = len(title)
    while length < characters:
        paragraph = _paragraph(rng, words, emoji=emoji)
        builder.add(BlockKind.PARAGRAPH, paragraph)
        length += len(paragraph) + 1
    return ImportedArticle(title=title, text=builder.text, blocks=tuple(builder.blocks))


def make_structured_article(characters: int, title: str) -> ImportedArticle:
    """The same with headings, lists, quotations and code between the paragraphs, and in these links, italics and bold
    words, about as many as an essay in a magazine has."""
    rng = random.Random(SEED)
    words = [_word(rng) for _ in range(4_000)]
    builder = TextBuilder()
    builder.add(BlockKind.HEADING, title, level=1)
    length, number = len(title), 0
    while length < characters:
        number += 1
        paragraph = _paragraph(rng, words, emoji=False)
        if number % 12 == 1:
            builder.add(BlockKind.HEADING, paragraph.split(".")[0][:60], level=2 + number % 2)
        if number % 12 == 5:
            builder.add(BlockKind.QUOTE, paragraph, _inline(rng, paragraph), quoted=1)
        elif number % 12 in (8, 9, 10):
            builder.add(BlockKind.LIST_ITEM, paragraph, _inline(rng, paragraph), level=1, label="•")
        elif number % 48 == 11:
            builder.add(BlockKind.CODE, paragraph, language="text")
        else:
            builder.add(BlockKind.PARAGRAPH, paragraph, _inline(rng, paragraph))
        length += len(paragraph) + 1
    return ImportedArticle(title=title, text=builder.text, blocks=tuple(builder.blocks))


def _inline(rng: random.Random, paragraph: str) -> list[Mark]:
    """A link, a word in italics and one in bold, side by side."""
    third = len(paragraph) // 3
    kinds = (MarkKind.LINK, MarkKind.EMPHASIS, MarkKind.STRONG)
    marks: list[Mark] = []
    for place, kind in enumerate(kinds):
        start = place * third + rng.randrange(third // 2)
        value = "https://example.org/page" if kind is MarkKind.LINK else ""
        marks.append(Mark(kind, start, start + rng.randint(4, 12), value))
    return marks


def make_articles(count: int, shortest: int, longest: int) -> Iterator[ImportedArticle]:
    """So many different articles, each between `shortest` and about `longest` characters long."""
    rng = random.Random(SEED)
    words = [_word(rng) for _ in range(4_000)]
    for number in range(1, count + 1):
        title = f"Measured article {number:,}"
        builder = TextBuilder()
        builder.add(BlockKind.HEADING, title, level=1)
        wanted, length = rng.randint(shortest, longest), 0
        while length < wanted:
            paragraph = _paragraph(rng, words, emoji=False)
            builder.add(BlockKind.PARAGRAPH, paragraph)
            length += len(paragraph) + 1
        yield ImportedArticle(title=title, text=builder.text, blocks=tuple(builder.blocks))


def _word(rng: random.Random) -> str:
    syllables = rng.choices((1, 2, 3, 4), (52, 30, 13, 5))[0]
    return "".join(
        rng.choice(_ONSETS) + rng.choices(_VOWELS, _VOWEL_WEIGHTS)[0] + rng.choice(_CODAS)
        for _ in range(syllables)
    )


def _paragraph(rng: random.Random, words: list[str], *, emoji: bool) -> str:
    wanted = max(60, round(rng.gauss(_PARAGRAPH, _PARAGRAPH / 3)))
    sentences: list[str] = []
    length = 0
    while length < wanted:
        chosen = rng.choices(words, k=rng.randint(6, 30))
        behind = rng.choices(_BEHIND, _BEHIND_WEIGHTS, k=len(chosen) - 1)
        sentence = "".join(word + mark for word, mark in zip(chosen, behind, strict=False)) + chosen[-1] + "."
        if emoji and rng.random() < 0.05:
            sentence += " \U0001f68b"
        sentences.append(sentence[0].upper() + sentence[1:])
        length += len(sentence) + 1
    return " ".join(sentences)


def _annotate(store: Store, *, text_id: TextId, length: int, count: int) -> None:
    """Of ten annotations six are claims, three highlights, one is a note. Every second claim is rated and has
    evidence."""
    rng = random.Random(SEED + count)
    tag_ids = [tag.id for tag in tags.list_tags(store)]
    source_ids = [_source(store, rng, number) for number in range(min(SOURCES, count))]
    for number in range(count):
        start = 60 + number * (length - 400) // count
        span = TextSpan(start, start + rng.randint(25, 160))
        chosen = (rng.choice(tag_ids),)
        if number % 10 < 6:
            fields = ClaimFields(tags=chosen, note="To be looked at again." if number % 10 == 5 else None)
            made = claims.add_claim(store, text_id=text_id, span=span, claim=fields)
            if number % 2 == 0:
                link = EvidenceFields(
                    rng.choice(list(Stance)),
                    "What the source says about it, in its own words.",
                    f"p. {number % 300}",
                )
                source = rng.choice(source_ids)
                evidence.link_evidence(store, claim_id=made.claim.id, source_id=source, fields=link)
                ratings.rate(
                    store,
                    claim_id=made.claim.id,
                    verdict=rng.choice(("supported", "partly", "refuted")),
                    confidence=rng.randint(5, 95),
                    because="The figures fit.",
                )
        else:
            note = "A note of a few words." if number % 10 == 9 else ""
            add_highlight(store, text_id=text_id, span=span, note=note, tags=chosen)


def _source(store: Store, rng: random.Random, number: int) -> SourceId:
    fields = SourceFields(
        title=f"A report on night traffic, part {number}",
        authors=("Ada Adeyemi", "Kit Moss"),
        year=str(rng.randint(1990, 2026)),
        url=f"https://example.org/reports/{number}",
    )
    return sources.add_source(store, fields).id
