"""Schema 3: attached files can be packed, and be pictures of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from annotator.storage.migrations import Step

if TYPE_CHECKING:
    from alembic.operations import Operations


def _upgrade(operations: Operations) -> None:
    operations.add_column(
        "attachment", sa.Column("compression", sa.Text(), nullable=False, server_default="")
    )
    operations.add_column("attachment", sa.Column("text_id", sa.String(64)))
    for name in ("width", "height"):
        operations.add_column("attachment", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    operations.create_index("ix_attachment_text_id", "attachment", ["text_id"])


STEP = Step(_upgrade)
