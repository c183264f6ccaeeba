"""A child process that works on a library through the services and says on stdout what was acknowledged.

python writer.py LIBRARY add FIRST COUNT       claims "n" from FIRST on, one edit each; says each n when it is stored
python writer.py LIBRARY edit CLAIM COUNT      edits of one claim, each with the rev read before; says every outcome
"""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path

from annotator.domain.claim import Claim
from annotator.domain.ids import ClaimId
from annotator.errors import ConcurrentEdit
from annotator.services import claims
from annotator.services.claims import ClaimFields
from annotator.services.library import Library


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def add(library: Library, first: int, count: int) -> None:
    """Add claims; each takes two rows of the journal and one of its own."""
    for number in range(first, first + count):
        use_case = partial(_put, statement=str(number))
        library.execute(use_case, label="Tag claim")
        say(str(number))


def _put(store, statement: str) -> None:
    store.put(Claim(id=ClaimId(store.new_id()), statement=statement, note="x" * 500))


def edit(library: Library, claim_id: str, count: int) -> None:
    """Read, think, write: the edit is refused when somebody else wrote meanwhile."""
    for number in range(count):
        seen = library.read(lambda store: store.get(Claim, claim_id))
        time.sleep(0.0005)  # long enough that the other one gets in between
        changes = ClaimFields(note=f"{seen.note}+")
        try:
            stored = library.execute(
                partial(claims.edit_claim, claim_id=ClaimId(claim_id), changes=changes, rev=seen.rev),
                label="Edit claim",
            ).value
        except ConcurrentEdit:
            say(f"{number} refused")
        else:
            say(f"{number} accepted {seen.rev} {stored.rev}")


if __name__ == "__main__":
    with Library.open(Path(sys.argv[1])) as opened:
        say("ready")
        if sys.argv[2] == "add":
            add(opened, int(sys.argv[3]), int(sys.argv[4]))
        else:
            sys.stdin.readline()
            edit(opened, sys.argv[3], int(sys.argv[4]))
