"""What a destination does not take."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """A table for it."""
    op.create_table(
        "refused",
        sa.Column("destination", sa.String, primary_key=True),
        sa.Column("stream", sa.String, primary_key=True),
        sa.Column("position", sa.BigInteger, primary_key=True),
        sa.Column("inspection", sa.String, nullable=False, index=True),
        sa.Column("reason", sa.String, nullable=False),
    )
