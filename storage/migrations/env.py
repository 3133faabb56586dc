"""Run the migrations on the connection that `storage.schema` hands over."""

from alembic import context

from storage.document_tables import documents

connection, metadata = context.config.attributes["connection"], documents.metadata
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
