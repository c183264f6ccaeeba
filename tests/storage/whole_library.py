"""A library that holds at least two rows of every kind, and damage planted into it from outside."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from annotator import paths
from annotator.domain.annotation import Annotation
from annotator.domain.article import Article, ArticleText, Attachment
from annotator.domain.claim import Answer, AnswerType, Claim, ClaimRelation, Question, RelationKind
from annotator.domain.library_rows import Draft, Setting
from annotator.domain.rating import Scale
from annotator.services.library import Library
from annotator.services.samples import add_sample
from annotator.storage.store import Store


def fill(library: Library) -> None:
    """Add the sample article, and two rows of each kind that it has none of."""
    library.execute(lambda store: add_sample(store, Path(paths.sample_texts())), label="Sample")
    library.execute(_add_the_rest, label="The rest")


def _add_the_rest(store: Store) -> None:
    first, second = (claim.id for claim in store.find(Claim, order=("id",))[:2])
    text, attachment = store.find(ArticleText)[0], store.find(Attachment)[0]
    store.put(replace(attachment, id="b", rev=0))
    store.put(Article(id="b", title="Second"))
    store.put(replace(text, id="b", article_id="b", original_id="b", rev=0))
    store.put(Attachment(id="picture", sha256=hashlib.sha256(b"bytes").hexdigest(), media_type="image/png", data=b"bytes",
                         text_id="b", width=4, height=5))  # fmt: skip
    store.put(replace(store.find(Scale)[0], id="b", rev=0))
    for n in "ab":
        store.put(ClaimRelation(id=n, from_id=first, to_id=second, kind=next(iter(RelationKind))))
        store.put(Question(id=n, claim_id=first, text="Who counted?"))
        store.put(Answer(id=n, question_id=n, type=next(iter(AnswerType)), text="A person."))
        store.put(Draft(id=n, kind="claim", entity_id=first, field="note", text="typ"))
        store.put(Setting(id=n, value="1"))
    assert store.find(Annotation)


def first_id(path: Path, table: str) -> str:
    """The lowest id of a table."""
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute(f"SELECT min(id) FROM {table}").fetchone()[0])


def plant(path: Path, statement: str, *values: object) -> None:
    """Change the file as another program would: no checks, no journal."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)
