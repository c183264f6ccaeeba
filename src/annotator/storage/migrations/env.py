"""Runs migrations on the connection given in `config.attributes["connection"]`, in that connection's transaction."""

from __future__ import annotations

from alembic import context

from annotator.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
