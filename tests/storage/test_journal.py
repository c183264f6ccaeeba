"""The journal takes back, brings back and remembers, over restarts."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import text as sql
from tests.conftest import counting_environment

from annotator.domain.changes import Origin
from annotator.domain.claim import Claim
from annotator.domain.entity import Entity
from annotator.domain.evidence import Stance
from annotator.domain.ids import ClaimId
from annotator.domain.rating import Rating
from annotator.domain.selectors import TextSpan
from annotator.domain.source import Source
from annotator.interchange.csl import SourceFields
from annotator.services import claims, evidence, ratings, sources
from annotator.services.claims import ClaimFields
from annotator.services.evidence import EvidenceFields
from annotator.services.library import Library
from annotator.storage import journal
from annotator.storage.codec import codec_of, to_json
from annotator.storage.tables import TABLES


def digest(library: Library) -> str:
    """A fingerprint of everything people see: entities outside of the bin, ratings in force; no revisions or times."""
    skipped = {"rev", "updated_at", "deleted_at", "rated_at", "data"}

    def rows(store) -> list[str]:
        found: list[str] = []
        for cls in TABLES:
            entities: list[Entity] = store.find(cls)
            if cls is Rating:
                ids = list({row.claim_id for row in entities})
                entities = [row for kept in ratings.history(store, ids).values() for row in kept]
            for entity in entities:
                row = codec_of(cls).encode(entity)
                found.append(to_json([cls.__name__, {k: v for k, v in row.items() if k not in skipped}]))
        return sorted(found)

    return hashlib.sha256("\n".join(library.read(rows)).encode()).hexdigest()


def tag_claim(library: Library, text_id: str, start: int, end: int) -> Claim:
    return library.execute(
        lambda store: claims.add_claim(store, text_id=text_id, span=TextSpan(start, end)), label="Tag claim"
    ).value.claim


def test_undo_and_redo_name_their_step_and_restore_it(library: Library, add_text) -> None:
    text = add_text("The trams run all night.")
    before = digest(library)
    claim = tag_claim(library, text.id, 12, 20)
    after = digest(library)
    undone = library.undo()
    assert undone.value is not None
    assert undone.value.label == "Tag claim"
    assert undone.changes is not None
    assert undone.changes.origin is Origin.UNDO
    assert ("claim", claim.id) in undone.changes.deleted
    assert digest(library) == before
    redone = library.redo()
    assert redone.changes is not None
    assert ("claim", claim.id) in redone.changes.created
    assert digest(library) == after


def test_undo_with_nothing_to_undo_does_nothing(library: Library) -> None:
    assert library.undo().value is None
    assert library.redo().changes is None


def test_a_new_edit_ends_redo(library: Library, add_text) -> None:
    text = add_text("The trams run all night.")
    tag_claim(library, text.id, 9, 13)
    library.undo()
    tag_claim(library, text.id, 14, 20)
    assert library.undo_state().redo == ""
    assert library.redo().value is None


def test_undo_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "library.annotator"
    with Library.open(path, counting_environment()) as library:
        library.execute(lambda store: store.put(Claim(id=ClaimId("c"), statement="kept")), label="First")
        library.execute(lambda store: store.put(replace(store.get(Claim, "c"), note="x")), label="Second")
        library.undo()
    with Library.open(path) as library:
        state = library.undo_state()
        assert (state.undo, state.redo) == ("First", "Second")
        library.redo()
        assert library.read(lambda store: store.get(Claim, "c")).note == "x"


def test_undoing_a_rating_withdraws_it_and_keeps_both_rows(library: Library, add_text) -> None:
    text = add_text("The trams run all night.")
    claim = tag_claim(library, text.id, 9, 13)
    rate = lambda verdict, value: library.execute(  # noqa: E731 - two short calls below
        lambda store: ratings.rate(store, claim_id=claim.id, verdict=verdict, confidence=value), label="Rate"
    )
    rate("supported", 60)
    rate("refuted", 80)
    for _ in range(3):
        library.undo()
        assert library.read(lambda store: store.get(Claim, claim.id)).verdict == "supported"
        assert [row.verdict for row in library.read(lambda s: ratings.history(s, [claim.id]))[claim.id]] == [
            "supported"
        ]
        library.redo()
        assert library.read(lambda store: store.get(Claim, claim.id)).confidence == 80
        assert len(library.read(lambda s: ratings.history(s, [claim.id]))[claim.id]) == 2
    assert len(library.read(lambda store: store.find(Rating))) == 2 + 2 * 3


def test_a_change_from_outside_shows_in_the_chain(library: Library, add_text) -> None:
    text = add_text("The trams run all night.")
    for _ in range(3):
        tag_claim(library, text.id, 9, 13)
    assert library.read(lambda store: list(journal.broken_links(store.connection))) == []
    library.execute(
        lambda store: store.connection.execute(
            sql("UPDATE change SET after = replace(after, 'run', 'ran') WHERE edit_seq = 3")
        ),
        label="",
    )
    assert library.read(lambda store: list(journal.broken_links(store.connection))) == [3]


class UndoMachine(RuleBasedStateMachine):
    """Random work with random undo and redo: the state always equals the one remembered for that point."""

    @initialize()
    def open(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.library = Library.open(Path(self.folder.name) / "l.annotator", counting_environment())
        self.library.execute(self._article, label="Import")
        self.states = [digest(self.library)]
        self.at = 0

    @staticmethod
    def _article(store) -> None:
        from annotator.domain.article import Article, ArticleText, Block, BlockKind, text_digest

        words = "Some 41,000 people cross the city at night."
        store.put(Article(id="a", title="T"))
        block = Block(BlockKind.PARAGRAPH, 0, len(words))
        store.put(ArticleText(id="t", article_id="a", text=words, blocks=(block,), sha256=text_digest(words)))

    def _do(self, use_case, label: str) -> None:
        if self.library.execute(use_case, label=label).changes is None:
            return
        del self.states[self.at + 1 :]
        self.states.append(digest(self.library))
        self.at += 1

    def _claims(self) -> list[Claim]:
        return self.library.read(lambda store: store.find(Claim, order=("created_at",)))

    @rule(start=st.integers(0, 20), length=st.integers(2, 20))
    def add(self, start: int, length: int) -> None:
        self._do(
            lambda s: claims.add_claim(s, text_id="t", span=TextSpan(start, start + length)), "Tag claim"
        )

    @precondition(lambda self: self._claims())
    @rule(verdict=st.sampled_from(["supported", "refuted", "open"]), confidence=st.integers(0, 100))
    def rate(self, verdict: str, confidence: int) -> None:
        claim = random.Random(confidence).choice(self._claims())
        self._do(lambda s: ratings.rate(s, claim_id=claim.id, verdict=verdict, confidence=confidence), "Rate")

    @precondition(lambda self: self._claims())
    @rule(words=st.text(min_size=1, max_size=8).filter(str.strip))
    def edit(self, words: str) -> None:
        safe = words.encode("utf-8", "ignore").decode() or "x"
        claim = self._claims()[0]
        self._do(lambda s: claims.edit_claim(s, claim_id=claim.id, changes=ClaimFields(note=safe)), "Edit")

    @precondition(lambda self: self._claims())
    @rule(stance=st.sampled_from(Stance))
    def link(self, stance: Stance) -> None:
        claim = self._claims()[-1]

        def use_case(store) -> None:
            found: list[Source] = store.find(Source)
            source = found[0] if found else sources.add_source(store, SourceFields(title="S"))
            evidence.link_evidence(
                store, claim_id=claim.id, source_id=source.id, fields=EvidenceFields(stance, "q")
            )

        self._do(use_case, "Link")

    @precondition(lambda self: self._claims())
    @rule()
    def delete(self) -> None:
        claim = self._claims()[0]
        self._do(lambda s: claims.delete_claim(s, claim_id=claim.id), "Delete")

    @rule(steps=st.integers(1, 5))
    def undo(self, steps: int) -> None:
        for _ in range(min(steps, self.at)):
            self.library.undo()
            self.at -= 1

    @rule(steps=st.integers(1, 5))
    def redo(self, steps: int) -> None:
        for _ in range(steps):
            done = self.library.redo().value
            assert (done is None) == (self.at == len(self.states) - 1)
            self.at += done is not None

    @invariant()
    def same_state(self) -> None:
        assert digest(self.library) == self.states[self.at]

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()
            self.folder.cleanup()


TestUndoMachine = UndoMachine.TestCase
TestUndoMachine.settings = __import__("hypothesis").settings(
    max_examples=20, stateful_step_count=25, deadline=None
)


@given(st.lists(st.sampled_from("LUR"), max_size=40))
def test_undo_and_redo_targets_equal_those_of_two_stacks(steps: list[str]) -> None:
    import tempfile

    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder) / "l.annotator", counting_environment()) as library,
    ):
        done: list[str] = []
        undone: list[str] = []
        for number, step in enumerate(steps):
            if step == "L":
                label = f"edit {number}"
                library.execute(
                    lambda s, n=number: s.put(Claim(id=ClaimId(str(n)), statement="x")), label=label
                )
                done.append(label)
                undone.clear()
            elif step == "U":
                library.undo()
                if done:
                    undone.append(done.pop())
            else:
                library.redo()
                if undone:
                    done.append(undone.pop())
            state = library.undo_state()
            assert (state.undo, state.redo) == (done[-1] if done else "", undone[-1] if undone else "")
