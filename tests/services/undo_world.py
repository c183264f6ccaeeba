"""A library on which everything is done that can be done, beside a memory of how it was after each step."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from annotator.domain.annotation import Annotation, Motivation
from annotator.domain.article import (
    Article,
    ArticleStatus,
    ArticleText,
    BlockKind,
    ImportedArticle,
    TextBuilder,
)
from annotator.domain.claim import Claim, ClaimType
from annotator.domain.evidence import Evidence, Stance
from annotator.domain.rating import DEFAULT_SCALE, Rating, effective
from annotator.domain.selectors import TextSpan
from annotator.domain.source import Source
from annotator.domain.tag import Tag
from annotator.errors import UserError
from annotator.interchange.csl import SourceFields
from annotator.services import (
    annotations,
    articles,
    checking,
    claims,
    evidence,
    history,
    ratings,
    sources,
    tags,
)
from annotator.services import bin as bins
from annotator.services.articles import Metadata, Original
from annotator.services.claims import ClaimFields
from annotator.services.evidence import EvidenceFields
from annotator.services.history import Scope
from annotator.services.library import Environment, Library, Store
from annotator.storage.tables import TABLES

UNSEEN = {"rev", "updated_at", "deleted_at", "data"}
WORDS = [
    *re.findall(r"\w+", "Some people cross the city at night and nobody ever asked the city whether it pays.")
]


LIVE = {
    table.name: "SELECT {} FROM {} WHERE deleted_at IS NULL".format(
        ", ".join(f'"{column.name}"' for column in table.columns if column.name not in UNSEEN), table.name
    )
    for table in TABLES.values()
}


def state(store: Store) -> frozenset[tuple[Any, ...]]:
    """All that people see: things outside of the bin and ratings in force, as plain values."""
    found: set[tuple[Any, ...]] = set()
    for name, query in LIVE.items():
        rows = store.connection.exec_driver_sql(query).all()
        if name == "rating":
            in_force = {row.id for row in effective(store.find(Rating))}
            rows = [row for row in rows if row.id in in_force]
        found.update((name, *row) for row in rows)
    return frozenset(found)


ID_IN_QUOTES = re.compile(r'"[0-9a-f-]{36}"')


def within(rows: frozenset[tuple[Any, ...]], scope: Scope) -> set[tuple[Any, ...]]:
    """What of a state the library, or a claim with its passages, evidence and ratings, looked like."""
    claim_ids = {row[1] for row in rows if row[0] == "claim"}
    kept = {row for row in rows if row[0] != "rating" or row[4] in claim_ids}
    if scope.kind == "library":
        return kept
    return {row for row in kept if scope.id in row} if scope.kind == "claim" else set()


class World:
    """One file, open in two programs. `states[at]` is what the library must look like."""

    def __init__(self, path: Path) -> None:
        self.path = path
        numbers, ticks = itertools.count(1), itertools.count()
        start = datetime(2026, 3, 21, 9, tzinfo=UTC)
        self.environment = Environment(
            now=lambda: start + timedelta(seconds=next(ticks)),
            new_id=lambda: f"{next(numbers):08x}-0000-4000-8000-000000000000",
            user="Ines",
        )
        self.done: Counter[str] = Counter()
        self.programs = [Library.open(path, self.environment), Library.open(path, self.environment)]
        self.library = self.programs[0]
        self.states = [self.library.read(state)]
        self.at = 0
        self._going: tuple[Library, str] | None = None
        self.is_whole = True  # nothing was deleted for good
        self.after: dict[int, frozenset[tuple[Any, ...]]] = {}  # by the number of each edit

    def do(self, use_case: Callable[[Store], Any], *, run: str = "") -> None:
        """An edit by the program that is at work."""
        try:
            outcome = self.library.execute(use_case, label="Step", run=run)
        except UserError:
            self.done["refused"] += 1
            return
        if outcome.changes is None:
            return
        del self.states[self.at + 1 :]
        now = self.library.read(state)
        if run and self._going == (self.library, run):
            self.states[self.at] = now
        else:
            self.states.append(now)
            self.at += 1
        self._going = (self.library, run) if run else None
        self.after[outcome.changes.seq] = now

    def undo(self) -> None:
        done = self.library.undo()
        assert (done.value is None) == (self.at == 0)
        self.at -= done.value is not None
        if done.changes is not None:
            self.after[done.changes.seq] = self.states[self.at]
        self._going = None if done.value else self._going

    def redo(self) -> None:
        done = self.library.redo()
        assert (done.value is None) == (self.at == len(self.states) - 1)
        self.at += done.value is not None
        if done.changes is not None:
            self.after[done.changes.seq] = self.states[self.at]
        self._going = None if done.value else self._going

    def reopen(self) -> None:
        """Both programs end and start again."""
        for library in self.programs:
            library.close()
        self.programs = [Library.open(self.path, self.environment), Library.open(self.path, self.environment)]
        self.library = self.programs[0]
        self._going = None

    def swap(self) -> None:
        """The other program goes on."""
        self.library = self.programs[self.library is self.programs[0]]

    def require_same(self) -> None:
        """The library looks as it did."""
        now, then = self.library.read(state), self.states[self.at]
        assert now == then, f"lost {sorted(then - now, key=str)[:5]}, new {sorted(now - then, key=str)[:5]}"

    def require_sound(self) -> None:
        """No problem is found, the chain of the journal is whole."""
        assert self.library.read(checking.check).problems == ()

    def there_and_back(self) -> None:
        """Undo everything, then redo everything."""
        while self.at:
            self.undo()
        assert self.library.undo().value is None
        self.require_same()
        while self.at < len(self.states) - 1:
            self.redo()
        assert self.library.redo().value is None
        self.require_same()

    def close(self) -> None:
        for library in self.programs:
            library.close()

    # What can be done; each with its own dice --------------------------------------------------------------

    def step(self, name: str, dice: random.Random) -> None:
        """Do what has that name, if there is something to do it to."""
        self.done[name] += 1
        ACTS[name](self, dice)

    def some(self, cls: type[Any], dice: random.Random, **where: Any) -> Any:
        """One of the things of a kind; None when there is none."""
        found = self.library.read(lambda store: store.find(cls, where, order=("created_at", "id")))
        return dice.choice(found) if found else None

    def import_article(self, dice: random.Random) -> None:
        number = dice.randrange(6)
        builder = TextBuilder()
        builder.add(BlockKind.HEADING, f"Title {number}", level=1)
        builder.add(BlockKind.PARAGRAPH, " ".join(WORDS[number:] + WORDS))
        imported = ImportedArticle(title=f"Title {number}", text=builder.text, blocks=tuple(builder.blocks))
        original = Original(f"{number}.txt", "text/plain", builder.text.encode(), "plain-text", "1")
        self.do(lambda store: articles.add_article(store, imported=imported, original=original))

    def describe(self, dice: random.Random) -> None:
        if article := self.some(Article, dice):
            metadata = Metadata(title=f"Title of {dice.randrange(9)}", authors=("Ines Moss",))
            self.do(lambda store: articles.describe_article(store, article_id=article.id, metadata=metadata))

    def finish(self, dice: random.Random) -> None:
        if article := self.some(Article, dice):
            status = dice.choice(list(ArticleStatus))
            self.do(lambda store: articles.set_status(store, article_id=article.id, status=status))

    def delete_article(self, dice: random.Random) -> None:
        if article := self.some(Article, dice):
            self.do(lambda store: articles.delete_article(store, article_id=article.id))

    def _span(self, text: ArticleText, dice: random.Random) -> TextSpan:
        start = dice.randrange(len(text.text) - 20)
        return TextSpan(start, start + dice.randrange(5, 20))

    def _text(self, dice: random.Random) -> ArticleText | None:
        article = self.some(Article, dice)
        return self.some(ArticleText, dice, article_id=article.id) if article else None

    def tag_claim(self, dice: random.Random) -> None:
        if text := self._text(dice):
            span, names = self._span(text, dice), [f"Tag {dice.randrange(12)}"] * dice.randrange(2)

            def use_case(store: Store) -> None:
                fields = ClaimFields(tags=tags.ensure_tags(store, names), type=dice.choice(list(ClaimType)))
                claims.add_claim(store, text_id=text.id, span=span, claim=fields)

            self.do(use_case)

    def mention_again(self, dice: random.Random) -> None:
        """Another article makes the same claim."""
        text, claim = self._text(dice), self.some(Claim, dice)
        if text and claim:
            self.do(
                lambda store: annotations.mark_passage(
                    store,
                    text_id=text.id,
                    span=self._span(text, dice),
                    motivation=Motivation.CLAIM,
                    claim_id=claim.id,
                )
            )

    def edit_claim(self, dice: random.Random) -> None:
        if claim := self.some(Claim, dice):
            changes = dice.choice(
                [ClaimFields(statement=f"It is {dice.random()}"), ClaimFields(note="N", place="Velmar")]
            )
            self.do(lambda store: claims.edit_claim(store, claim_id=claim.id, changes=changes))

    def type_note(self, dice: random.Random) -> None:
        """A visit to a field, with pauses."""
        if claim := self.some(Claim, dice):
            typed = ""
            for _ in range(dice.randrange(1, 5)):
                typed += dice.choice(WORDS) + " "
                changes = ClaimFields(note=typed)
                self.do(
                    lambda store, c=changes: claims.edit_claim(store, claim_id=claim.id, changes=c),
                    run=f"note {claim.id}",
                )

    def drag_confidence(self, dice: random.Random) -> None:
        if claim := self.some(Claim, dice):
            for _ in range(dice.randrange(1, 4)):
                value = dice.randrange(101)
                self.do(
                    lambda store, v=value: ratings.rate(store, claim_id=claim.id, confidence=v),
                    run=f"drag {claim.id}",
                )

    def main_tag(self, dice: random.Random) -> None:
        claim, tag = self.some(Claim, dice), self.some(Tag, dice)
        if claim and tag:
            chosen = dice.choice([tag.id, None])
            self.do(lambda store: claims.set_main_tag(store, claim_id=claim.id, tag_id=chosen))

    def add_tag(self, dice: random.Random) -> None:
        name, key = f"Tag {dice.randrange(12)}", dice.choice(["", "3"])
        self.do(lambda store: tags.add_tag(store, name=name, key=key))

    def rate(self, dice: random.Random) -> None:
        if claim := self.some(Claim, dice):
            verdict, value = dice.choice(DEFAULT_SCALE.steps).key, dice.randrange(101)
            self.do(
                lambda store: ratings.rate(
                    store, claim_id=claim.id, verdict=verdict, confidence=value, because="So it is."
                )
            )

    def rate_many(self, dice: random.Random) -> None:
        """One step for many claims."""
        value = dice.randrange(101)
        self.do(
            lambda store: [
                ratings.rate(store, claim_id=claim.id, confidence=value) for claim in store.find(Claim)
            ]
        )

    def delete_claim(self, dice: random.Random) -> None:
        if claim := self.some(Claim, dice):
            self.do(lambda store: claims.delete_claim(store, claim_id=claim.id))

    def delete_claims(self, dice: random.Random) -> None:
        chosen = {claim.id for claim in (self.some(Claim, dice), self.some(Claim, dice)) if claim}
        self.do(lambda store: [claims.delete_claim(store, claim_id=id) for id in sorted(chosen)])

    def highlight(self, dice: random.Random) -> None:
        if text := self._text(dice):
            note = dice.choice(["", "A note"])
            self.do(
                lambda store: annotations.add_highlight(
                    store, text_id=text.id, span=self._span(text, dice), note=note
                )
            )

    def change_mark(self, dice: random.Random) -> None:
        mark, tag = self.some(Annotation, dice, claim_id=None), self.some(Tag, dice)
        if mark and tag and dice.random() < 0.5:
            self.do(lambda store: annotations.set_tags(store, annotation_id=mark.id, tags=(tag.id,)))
        elif mark:
            note = dice.choice(["", "Another note"])
            self.do(lambda store: annotations.set_note(store, annotation_id=mark.id, note=note))

    def change_passages(self, dice: random.Random) -> None:
        """The ends of a mark are moved, or passages are added and taken away."""
        if mark := self.some(Annotation, dice):
            text = self.library.read(lambda store: store.get_immutable(ArticleText, mark.text_id))
            spans = [self._span(text, dice) for _ in range(dice.randrange(1, 4))]
            self.do(
                lambda store: annotations.set_segments(store, annotation_id=mark.id, spans=spans),
                run=dice.choice(["", f"ends {mark.id}"]),
            )

    def delete_mark(self, dice: random.Random) -> None:
        if mark := self.some(Annotation, dice, claim_id=None):
            self.do(lambda store: annotations.delete_annotation(store, annotation_id=mark.id))

    def add_source(self, dice: random.Random) -> None:
        fields = SourceFields(title=f"Source {dice.randrange(9)}", doi=f"10.1/{dice.randrange(9)}")
        self.do(lambda store: sources.add_source(store, fields))

    def import_sources(self, dice: random.Random) -> None:
        records = [SourceFields(title=f"Source {dice.randrange(40)}", year="2024") for _ in range(3)]
        self.do(lambda store: sources.add_sources(store, records))

    def edit_source(self, dice: random.Random) -> None:
        if source := self.some(Source, dice):
            fields = SourceFields(title=f"Source {dice.random()}", csl={"publisher": "Velmar Press"})
            self.do(lambda store: sources.edit_source(store, source_id=source.id, fields=fields))

    def delete_source(self, dice: random.Random) -> None:
        if source := self.some(Source, dice):
            self.do(lambda store: sources.delete_source(store, source_id=source.id))

    def link(self, dice: random.Random) -> None:
        """Link a source, a new one now and then."""
        claim, source = self.some(Claim, dice), self.some(Source, dice)
        if claim:
            fields = EvidenceFields(dice.choice(list(Stance)), quote="q", strength=dice.randrange(5))

            def use_case(store: Store) -> None:
                made = source or sources.add_source(store, SourceFields(title="New"))
                evidence.link_evidence(store, claim_id=claim.id, source_id=made.id, fields=fields)

            self.do(use_case)

    def edit_link(self, dice: random.Random) -> None:
        link, source = self.some(Evidence, dice), self.some(Source, dice)
        if link and source:
            fields = EvidenceFields(dice.choice(list(Stance)), quote=f"q {dice.random()}")
            self.do(
                lambda store: evidence.edit_evidence(
                    store, evidence_id=link.id, source_id=source.id, fields=fields
                )
            )

    def unlink(self, dice: random.Random) -> None:
        if link := self.some(Evidence, dice):
            self.do(lambda store: evidence.unlink_evidence(store, evidence_id=link.id))

    def restore_from_bin(self, dice: random.Random) -> None:
        found = self.library.read(bins.list_bin)
        if found:
            item = dice.choice(found)
            self.do(lambda store: bins.restore_item(store, kind=item.kind, id=item.id))

    def restore_state(self, dice: random.Random) -> None:
        article, claim = self.some(Article, dice), self.some(Claim, dice)
        scopes = [Scope()]
        scopes += [Scope("article", article.id)] if article else []
        scopes += [Scope("claim", claim.id)] * 2 if claim else []
        scope = dice.choice(scopes)
        found = self.library.read(lambda store: history.steps(store, scope, limit=12))
        if found:
            seq = dice.choice(found).seq
            self.do(lambda store: history.restore_state(store, scope, seq=seq))
            if self.is_whole:
                now, then = (within(rows, scope) for rows in (self.library.read(state), self.after[seq]))
                if scope.kind == "claim":  # its tags come back as those that have their names by now
                    now, then = self.with_names_of_tags(now), self.with_names_of_tags(then)
                assert now == then, (
                    f"lost {sorted(then - now, key=str)[:5]}, new {sorted(now - then, key=str)[:5]}"
                )

    def with_names_of_tags(self, rows: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
        """`rows` with the names of tags for their ids."""
        tags = self.library.read(lambda store: store.find(Tag, deleted=True))
        names = {f'"{tag.id}"': f'"{tag.name.casefold()}"' for tag in tags}

        def named(value: Any) -> Any:
            return (
                ID_IN_QUOTES.sub(lambda found: names.get(found[0], found[0]), value)
                if isinstance(value, str)
                else value
            )

        return {tuple(map(named, row)) for row in rows}

    def repair(self, dice: random.Random) -> None:
        """An anchor goes astray and is mended as a step."""
        if mark := self.some(Annotation, dice):
            segment = mark.segments[0]
            astray = (segment._replace(start=segment.start + 1, end=segment.end + 1),)

            def use_case(store: Store) -> None:
                store.put(replace(mark, segments=astray, start=astray[0].start, end=astray[0].end))
                checking.repair(store)

            self.do(use_case)


# What can be done, by name; and how often each comes among a thousand: work grows more often than it shrinks.
ACTS: dict[str, Callable[[World, random.Random], None]] = {
    act.__name__: act
    for act in (
        World.import_article,
        World.describe,
        World.finish,
        World.delete_article,
        World.tag_claim,
        World.mention_again,
        World.edit_claim,
        World.type_note,
        World.drag_confidence,
        World.main_tag,
        World.add_tag,
        World.rate,
        World.rate_many,
        World.delete_claim,
        World.delete_claims,
        World.highlight,
        World.change_mark,
        World.change_passages,
        World.delete_mark,
        World.add_source,
        World.import_sources,
        World.edit_source,
        World.delete_source,
        World.link,
        World.edit_link,
        World.unlink,
        World.restore_from_bin,
        World.restore_state,
        World.repair,
    )
}
OFTEN = {
    "tag_claim": 6,
    "link": 5,
    "import_article": 3,
    "rate": 3,
    "edit_claim": 3,
    "type_note": 3,
    "add_source": 2,
}
OFTEN |= {"restore_state": 4, "restore_from_bin": 3}
