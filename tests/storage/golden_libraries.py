"""The golden libraries: one of every schema that was ever released, made by the program as it was then, and beside each
a JSON of what must be found in it and its articles as exports.

`python -m tests.storage.golden_libraries`, run from the root, makes that of the current schema; the others are never made
again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import struct
import zlib
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "golden" / "libraries"
SMILE, FAMILY, ARABIC, HEBREW = "😀", "👩‍👩‍👧", "قال الوزير إن البطالة انخفضت", "שיעור האבטלה ירד"
ARTICLE = f"""The minister said that unemployment fell by 3.5 percent {SMILE} in one year.

{ARABIC} 12 %.

{HEBREW}: 4 % {FAMILY}. Nobody counted those who gave up, and e\u0301 is one letter of two.
"""


def released() -> list[Path]:
    """The golden libraries, the oldest first."""
    return sorted(FOLDER.glob("schema-*.annotator"), key=schema_of)


def schema_of(golden: Path) -> int:
    """The schema of a golden library, by its name."""
    return int(golden.stem.rpartition("-")[2])


def expected(golden: Path) -> dict[str, Any]:
    """What must be found in a golden library."""
    return json.loads(golden.with_suffix(".json").read_text(encoding="utf-8"))


def columns_of(path: Path) -> dict[str, list[str]]:
    """The columns of each table."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
        ]
        return {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in names}


def found(path: Path, columns: dict[str, list[str]]) -> dict[str, Any]:
    """The number of rows of each table, and one digest over the values they have in those columns."""
    with closing(sqlite3.connect(path)) as connection:
        return {name: _found(connection, name, listed) for name, listed in columns.items()}


def _found(connection: sqlite3.Connection, name: str, columns: Sequence[str]) -> dict[str, Any]:
    listed = ", ".join(f'"{column}"' for column in columns)
    rows = [_plain(row) for row in connection.execute(f'SELECT {listed} FROM "{name}"')]
    digest = hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()
    return {"rows": len(rows), "columns": list(columns), "sha256": digest}


def _plain(row: Iterable[Any]) -> str:
    return json.dumps([value.hex() if isinstance(value, bytes) else value for value in row])


def labels_of(path: Path) -> list[list[Any]]:
    """The journal: number, label, origin and target of each step, and its place in the chain."""
    with closing(sqlite3.connect(path)) as connection:
        return [
            list(row) for row in connection.execute("SELECT seq, label, origin, target, sha256 FROM edit")
        ]


def exports_of(library: Any) -> str:
    """All articles outside of the bin as Markdown, one behind the other."""
    from annotator.domain.article import Article
    from annotator.services import exporting

    ids = library.read(lambda store: [article.id for article in store.find(Article, order=("id",))])
    snapshots = [library.read(partial(exporting.snapshot, article_id=id)) for id in ids]
    return "\n".join(exporting.render(snapshot).content for snapshot in snapshots)


def make() -> Path:
    """Make the library of the current schema, its JSON and its exports."""
    from tests.conftest import counting_environment

    from annotator.services.library import Library
    from annotator.storage.engine import SCHEMA_VERSION

    path = FOLDER / f"schema-{SCHEMA_VERSION}.annotator"
    path.unlink(missing_ok=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Library.open(path, counting_environment("Ämin")) as library:
        _fill(library)
        state = library.undo_state()
        path.with_suffix(".md").write_text(exports_of(library), encoding="utf-8", newline="\n")
    held = {
        "schema": SCHEMA_VERSION,
        "undo": state.undo,
        "redo": state.redo,
        "tables": found(path, columns_of(path)),
        "journal": labels_of(path),
    }
    words = json.dumps(held, indent=1, ensure_ascii=False) + "\n"
    path.with_suffix(".json").write_text(words, encoding="utf-8")
    return path


def _fill(library: Any) -> None:
    """Two rows of every kind or more, steps undone and redone, things in the bin, and texts of many scripts."""
    from annotator.domain.annotation import Annotation
    from annotator.domain.claim import Claim
    from annotator.domain.source import Source
    from annotator.services import claims, ratings
    from annotator.services.claims import ClaimFields

    library.execute(_add_article, label="Import article")
    library.execute(_add_more, label="The rest")
    (claim, second) = library.read(lambda store: store.find(Claim, order=("created_at", "id"))[:2])
    rate = partial(
        ratings.rate, claim_id=claim.id, verdict="refuted", confidence=80, because=f"{ARABIC} {SMILE}"
    )
    library.execute(rate, label="Rate claim")
    library.execute(partial(ratings.rate, claim_id=claim.id, verdict="open"), label="Rate claim")
    library.undo()
    note = ClaimFields(note=f"{HEBREW} {FAMILY}")
    library.execute(partial(claims.edit_claim, claim_id=claim.id, changes=note), label="Edit claim")
    library.undo()
    library.redo()
    library.execute(partial(claims.delete_claim, claim_id=second.id), label="Delete claim")
    for kind in (Source, Annotation):
        library.execute(lambda store, kind=kind: store.remove(store.find(kind)[-1]), label=f"Bin {SMILE}")
    change = ClaimFields(statement=f"Changed {SMILE}, then undone")
    library.execute(partial(claims.edit_claim, claim_id=claim.id, changes=change), label="Edit claim")
    library.undo()  # so that there is something to redo, too


def _add_article(store: Any) -> None:
    from annotator.domain.selectors import TextSpan
    from annotator.importers.base import ImportHints, importer_for
    from annotator.services import articles, claims
    from annotator.services.articles import Original

    for title, content in (("Unemployment 😀", ARTICLE), (ARABIC, f"{ARABIC}\n\n{HEBREW}\n")):
        data = content.encode()
        importer = importer_for(f"{title}.txt", data)
        original = Original(f"{title}.txt", "text/plain", data, importer.name, importer.version)
        imported = replace(importer.read(data, ImportHints(file_name=f"{title}.txt")), title=title)
        imported = replace(imported, pictures=_pictures())
        added = articles.add_article(store, imported=imported, original=original)
        text = articles.current_text(store, added.article.id)
        for words in ("unemployment fell by 3.5 percent 😀", ARABIC, HEBREW):
            start = text.text.find(words)
            if start >= 0:
                claims.add_claim(store, text_id=text.id, span=TextSpan(start, start + len(words)))


def _pictures() -> tuple[Any, ...]:
    """Two of one pixel, a red and a blue one."""
    from annotator.domain.article import Picture

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    made = (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" + colour)) + chunk(b"IEND", b"")
        for colour in (b"\xff\0\0", b"\0\0\xff")
    )
    return tuple(Picture(hashlib.sha256(data).hexdigest(), "image/png", 1, 1, data) for data in made)


def _add_more(store: Any) -> None:
    from annotator.domain.annotation import Annotation
    from annotator.domain.claim import Answer, AnswerType, Claim, ClaimRelation, Question, RelationKind
    from annotator.domain.evidence import Evidence, Stance
    from annotator.domain.library_rows import Draft, Setting
    from annotator.domain.rating import Scale
    from annotator.domain.source import Source

    first, second = (claim.id for claim in store.find(Claim, order=("created_at", "id"))[:2])
    mark = store.find(Annotation)[0].id
    store.put(replace(store.find(Scale)[0], id="b", name=f"Mine {SMILE}", rev=0))
    for n in "ab":
        store.put(Source(id=f"s{n}", title=f"{HEBREW} {n}", authors=("Ōe, Kenzaburō", ARABIC), year="1999"))
        store.put(
            Evidence(
                id=f"e{n}",
                claim_id=first,
                source_id=f"s{n}",
                stance=Stance.REFUTES,
                quote=FAMILY,
                annotation_id=mark,
            )
        )
        store.put(ClaimRelation(id=n, from_id=first, to_id=second, kind=RelationKind.ATTACKS, note=SMILE))
        store.put(Question(id=n, claim_id=first, text=f"Who counted {FAMILY}?"))
        store.put(Answer(id=n, question_id=n, type=AnswerType.BOOLEAN, text=ARABIC))
        store.put(
            Draft(
                id=f"claim:{first}:{n}",
                kind="claim",
                entity_id=first,
                field=n,
                text=f"typed {SMILE} {HEBREW}",
                base_rev=1,
                base=ARABIC,
            )
        )
        store.put(Setting(id=n, value=f'"{SMILE}"'))
    store.put(Source(id="binned", title="To the bin"))


if __name__ == "__main__":
    made = make()
    print(f"{made}: {made.stat().st_size // 1024} KB")  # noqa: T201 - what was made
