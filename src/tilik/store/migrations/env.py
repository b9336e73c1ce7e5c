"""Alembic's entry: the caller hands over an open connection (``store.schema.upgrade``)."""

from alembic import context

import tilik.store.tables  # noqa: F401  (declares the tables on the metadata)
from tilik.log import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
