"""How Alembic finds the database: it is handed the connection, in a transaction that its owner ends."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
