"""The tables as they were before there were versions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Inspections with the moment as text, and findings that name theirs by its id."""
    op.create_table(
        "inspections",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("recipe", sa.String, nullable=False),
        sa.Column("bundle", sa.String, nullable=False),
        sa.Column("first_frame", sa.Integer, nullable=False),
        sa.Column("last_frame", sa.Integer, nullable=False),
        sa.Column("started_at", sa.String, nullable=False, index=True),
        sa.Column("verdict", sa.Integer, nullable=False, index=True),
        sa.Column("latency_ms", sa.Float, nullable=False),
        sa.Column("evidence", sa.String, nullable=False),
    )
    op.create_table(
        "findings",
        sa.Column("inspection", sa.String, sa.ForeignKey("inspections.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("component", sa.String, nullable=False),
        sa.Column("pattern", sa.String),
        sa.Column("expected", sa.Integer, nullable=False),
        sa.Column("found", sa.Integer, nullable=False),
        sa.Column("verdict", sa.Integer, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
    )
