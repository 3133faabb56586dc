"""Run the migrations on the connection that `storage.schema` hands over."""

from alembic import context

from storage.tables import runs

context.configure(connection=context.config.attributes["connection"], target_metadata=runs.metadata)
with context.begin_transaction():
    context.run_migrations()
