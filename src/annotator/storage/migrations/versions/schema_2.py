"""Schema 2: a draft knows the text that typing began with, ratings are counted, and the journal is searched by things
alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from annotator.storage.migrations import Step

if TYPE_CHECKING:
    from alembic.operations import Operations


# What is the latest went by the clock until now, and the order in which rows were stored tells times apart.
_COUNT_RATINGS = """
    UPDATE rating SET rank = (
        SELECT count(*) FROM rating AS earlier
        WHERE earlier.claim_id = rating.claim_id
          AND (coalesce(earlier.created_at, ''), earlier.rowid) <= (coalesce(rating.created_at, ''), rating.rowid)
    )
"""


def _upgrade(operations: Operations) -> None:
    operations.add_column("draft", sa.Column("base", sa.Text(), nullable=False, server_default=""))
    operations.add_column("rating", sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    operations.execute(_COUNT_RATINGS)
    operations.create_index("ix_rating_withdraws", "rating", ["withdraws"])
    operations.create_index("ix_evidence_annotation_id", "evidence", ["annotation_id"])
    operations.drop_index("ix_change_kind_entity_id", table_name="change")
    operations.create_index("ix_change_entity_id", "change", ["entity_id"])


STEP = Step(_upgrade)
