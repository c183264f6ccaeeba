"""Whatever is done, in whatever order and by whichever program, undo takes back and redo brings back, to the letter."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.services.undo_world import ACTS, OFTEN, World


class UndoMachine(RuleBasedStateMachine):
    """Everything that can be done, with undo, redo, restarts and a second program in between."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.world = World(Path(self.folder.name) / "library.annotator")
        for act in ("import_article", "tag_claim", "add_source", "link"):
            self.world.step(act, random.Random(1))

    @rule(act=st.sampled_from(sorted(ACTS)), seed=st.integers(0, 999))
    def work(self, act: str, seed: int) -> None:
        self.world.step(act, random.Random(seed))

    @rule(steps=st.integers(1, 6))
    def undo(self, steps: int) -> None:
        for _ in range(steps):
            self.world.undo()

    @rule(steps=st.integers(1, 6))
    def redo(self, steps: int) -> None:
        for _ in range(steps):
            self.world.redo()

    @rule()
    def restart(self) -> None:
        self.world.reopen()

    @rule()
    def other_program(self) -> None:
        self.world.swap()

    @invariant()
    def it_looks_as_it_did(self) -> None:
        self.world.require_same()

    def teardown(self) -> None:
        try:
            self.world.require_sound()
            self.world.there_and_back()
            self.world.require_sound()
        finally:
            self.world.close()
            self.folder.cleanup()


def test_any_order_of_steps_is_taken_back_and_brought_back() -> None:
    run_state_machine_as_test(
        UndoMachine, settings=settings(max_examples=16, stateful_step_count=25, deadline=None)
    )


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_any_order_of_many_steps_is_taken_back_and_brought_back() -> None:
    long = settings(max_examples=400, stateful_step_count=60, deadline=None, derandomize=False)
    run_state_machine_as_test(UndoMachine, settings=long)


@pytest.mark.timeout(300)
def test_a_thousand_steps_end_in_the_same_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = thousand_steps(tmp_path, seed=14, steps=1000)
    with capsys.disabled():
        print(f"\n{figures}")  # noqa: T201 - the figures of R14


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(20))
def test_many_thousand_steps_end_in_the_same_state(tmp_path: Path, seed: int) -> None:
    thousand_steps(tmp_path, seed=seed, steps=1000)


def thousand_steps(folder: Path, *, seed: int, steps: int) -> str:
    """Do that many random steps, then undo all and redo all; figures of what was done."""
    dice, began = random.Random(seed), time.perf_counter()
    world = World(folder / "library.annotator")
    acts = [*ACTS, *(name for name, more in OFTEN.items() for _ in range(more - 1))]
    try:
        for _ in range(steps):
            chance = dice.random()
            if chance < 0.12:
                for _ in range(dice.randrange(1, 5)):
                    world.undo()
                    world.done["undo"] += 1
                world.require_same()
            elif chance < 0.20:
                for _ in range(dice.randrange(1, 5)):
                    world.redo()
                    world.done["redo"] += 1
                world.require_same()
            elif chance < 0.22:
                world.reopen()
                world.require_same()
            elif chance < 0.26:
                world.swap()
            else:
                world.step(dice.choice(acts), dice)
        world.require_sound()
        things, edits = len(world.states[world.at]), len(world.states) - 1
        world.there_and_back()
        world.require_sound()
    finally:
        world.close()
    seconds = time.perf_counter() - began
    kinds = len(world.done)
    return (
        f"R14: {steps} steps of {kinds} kinds ({world.done['undo']} undone, {world.done['redo']} redone, "
        f"{world.done['refused']} refused), {things} things; {edits} undone to the first state and redone to the last "
        f"in {seconds:.1f} s"
    )
