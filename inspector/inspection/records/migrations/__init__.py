"""What became of the tables of the records, one version after the other; Alembic runs it."""
