"""One explicit table for each entity, with columns of the same names, and the two tables of the journal.

Values are stored in plain form (see `codec`): text, numbers, booleans, bytes. Lists and structures are JSON text, and
times ISO 8601 in UTC, so that the same tables run on SQLite and PostgreSQL. Nothing cascades: people's work is only
ever marked as deleted.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)

from annotator.domain.annotation import Annotation
from annotator.domain.article import Article, ArticleText, Attachment
from annotator.domain.claim import Answer, Claim, ClaimRelation, Question
from annotator.domain.entity import Entity
from annotator.domain.evidence import Evidence
from annotator.domain.library_rows import Draft, Setting
from annotator.domain.rating import Rating, Scale
from annotator.domain.source import Source
from annotator.domain.tag import Tag

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *, since: int = 1) -> Column[str]:
    """A text that is never missing; one added `since` a later schema is "" in the rows that were there."""
    return Column(name, Text, nullable=False, server_default=None if since == 1 else "")


def _number(name: str, *, since: int = 1) -> Column[int]:
    """A number that is never missing; one added `since` a later schema is 0 in the rows that were there."""
    return Column(name, Integer, nullable=False, server_default=None if since == 1 else "0")


def _reference(name: str, target: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, String(64), ForeignKey(f"{target}.id"), nullable=nullable)


def _entity_table(
    name: str,
    *columns: Column[str] | Column[int] | Column[bytes] | Column[float] | Column[bool],
    later: tuple[Column[str] | Column[int], ...] = (),
) -> Table:
    """`later` are the columns of later schemas: last, as in a library that got them by a migration."""
    return Table(
        name,
        metadata,
        Column("id", String(64), primary_key=True),
        Column("rev", Integer, nullable=False),
        Column("created_at", String(32)),
        Column("updated_at", String(32)),
        _text("created_by"),
        Column("deleted_at", String(32)),
        *columns,
        _text("extra"),
        *later,
    )


attachment = _entity_table(
    "attachment",
    _text("sha256"),
    _text("media_type"),
    _text("name"),
    Column("data", LargeBinary, nullable=False),
    # `system` keeps them out of CREATE TABLE: with more words there, later tables would begin on other pages.
    later=(
        Column("compression", Text, nullable=False, system=True),
        # No foreign key: texts refer to attachments, and two tables that refer to each other can't be filled in order.
        Column("text_id", String(64), system=True),
        Column("width", Integer, nullable=False, system=True),
        Column("height", Integer, nullable=False, system=True),
    ),
)
scale = _entity_table("scale", _text("name"), _text("steps"))
tag = _entity_table(
    "tag",
    _text("name"),
    _reference("parent_id", "tag", nullable=True),
    _text("definition"),
    _text("colour"),
    _text("pattern"),
    _text("key"),
)
article = _entity_table(
    "article",
    _text("title"),
    _text("subtitle"),
    _text("authors"),
    _text("publication"),
    _text("section"),
    _text("url"),
    _text("published_on"),
    _text("accessed_on"),
    _text("language"),
    _text("direction"),
    _text("kind"),
    _text("status"),
    _reference("scale_id", "scale", nullable=True),
    _text("tags"),
)
article_text = _entity_table(
    "article_text",
    _reference("article_id", "article"),
    _number("seq"),
    _text("text"),
    _text("blocks"),
    _text("sha256"),
    _text("importer"),
    _text("importer_version"),
    _text("original_name"),
    _text("original_type"),
    _text("original_sha256"),
    _reference("original_id", "attachment", nullable=True),
    _reference("parent_id", "article_text", nullable=True),
)
claim = _entity_table(
    "claim",
    _text("statement"),
    _text("type"),
    _text("checkable"),
    _text("claimant"),
    _text("said_on"),
    _text("place"),
    _text("chosen_because"),
    _number("priority"),
    _text("status"),
    _text("note"),
    _text("tags"),
    _text("verdict"),
    Column("confidence", Integer),
)
annotation = _entity_table(
    "annotation",
    _reference("text_id", "article_text"),
    _text("segments"),
    _number("start"),
    _number("end"),
    _number("segment_count"),
    _text("motivation"),
    _text("state"),
    Column("score", Float, nullable=False),
    _reference("claim_id", "claim", nullable=True),
    _text("note"),
    _text("tags"),
)
claim_relation = _entity_table(
    "claim_relation",
    _reference("from_id", "claim"),
    _reference("to_id", "claim"),
    _text("kind"),
    _text("note"),
)
question = _entity_table("question", _reference("claim_id", "claim"), _text("text"), _number("rank"))
answer = _entity_table(
    "answer",
    _reference("question_id", "question"),
    _text("type"),
    _text("text"),
    _text("explanation"),
    _text("evidence"),
)
rating = _entity_table(
    "rating",
    _reference("claim_id", "claim"),
    _text("verdict"),
    Column("confidence", Integer),
    _text("rationale"),
    _text("gaps"),
    _text("would_change"),
    _text("rated_by"),
    Column("rated_at", String(32)),
    _text("evidence"),
    _reference("withdraws", "rating", nullable=True),
    later=(_number("rank", since=2),),
)
source = _entity_table(
    "source",
    _text("title"),
    _text("authors"),
    _text("year"),
    _text("url"),
    _text("doi"),
    _text("csl"),
    _text("kind"),
    _text("archive_url"),
    _text("archived_on"),
    _text("accessed_on"),
    _text("reliability"),
    _reference("article_id", "article", nullable=True),
    _reference("derived_from", "source", nullable=True),
    Column("restricted", Boolean, nullable=False),
    _text("tags"),
)
evidence = _entity_table(
    "evidence",
    _reference("claim_id", "claim"),
    _reference("source_id", "source"),
    _text("stance"),
    _number("strength"),
    _text("quote"),
    _reference("annotation_id", "annotation", nullable=True),
    _text("locator"),
    _text("note"),
    _number("rank"),
)
draft = _entity_table(
    "draft",
    _text("kind"),
    _text("entity_id"),
    _text("field"),
    _text("text"),
    _number("base_rev"),
    later=(_text("base", since=2),),
)
setting = _entity_table("setting", _text("value"))

edit = Table(
    "edit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _text("label"),
    _text("origin"),
    Column("target", Integer, ForeignKey("edit.seq")),
    Column("at", String(32), nullable=False),
    _text("by"),
    Column("sha256", String(64), nullable=False),
)
change = Table(
    "change",
    metadata,
    Column("edit_seq", Integer, ForeignKey("edit.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("kind"),
    Column("entity_id", String(64), nullable=False),
    Column("before", Text),
    _text("after"),
)

UniqueConstraint(article_text.c.article_id, article_text.c.seq)
Index(None, article_text.c.sha256)
Index(None, article_text.c.original_sha256)
# Everything the reader paints from, in the order it needs it, so that a text's passages come from the index alone.
Index(
    "ix_annotation_passages",
    annotation.c.text_id,
    annotation.c.start,
    annotation.c.end,
    annotation.c.id,
    annotation.c.claim_id,
    annotation.c.tags,
    annotation.c.motivation,
    annotation.c.segment_count,
    annotation.c.state,
    annotation.c.deleted_at,
)
Index(None, annotation.c.claim_id)
Index(None, claim_relation.c.from_id)
Index(None, claim_relation.c.to_id)
Index(None, question.c.claim_id)
Index(None, answer.c.question_id)
Index(None, rating.c.claim_id)
Index(None, evidence.c.claim_id)
Index(None, evidence.c.source_id)
Index(None, source.c.doi)
Index(None, change.c.entity_id)


@event.listens_for(metadata, "after_create")
def _make_what_came_later(_target: object, connection: Connection, **_: object) -> None:
    """Indexes and columns of later schemas come behind all tables, so that these begin where a migrated library has
    them."""
    connection.exec_driver_sql("CREATE INDEX ix_rating_withdraws ON rating (withdraws)")
    connection.exec_driver_sql("CREATE INDEX ix_evidence_annotation_id ON evidence (annotation_id)")
    for column in ("compression TEXT NOT NULL DEFAULT ''", "text_id VARCHAR(64)"):
        connection.exec_driver_sql(f"ALTER TABLE attachment ADD COLUMN {column}")
    for name in ("width", "height"):
        connection.exec_driver_sql(f"ALTER TABLE attachment ADD COLUMN {name} INTEGER NOT NULL DEFAULT '0'")
    connection.exec_driver_sql("CREATE INDEX ix_attachment_text_id ON attachment (text_id)")


TABLES: dict[type[Entity], Table] = {
    Attachment: attachment,
    Scale: scale,
    Tag: tag,
    Article: article,
    ArticleText: article_text,
    Claim: claim,
    Annotation: annotation,
    ClaimRelation: claim_relation,
    Question: question,
    Answer: answer,
    Rating: rating,
    Source: source,
    Evidence: evidence,
    Draft: draft,
    Setting: setting,
}
ENTITIES: dict[str, type[Entity]] = {table.name: cls for cls, table in TABLES.items()}
