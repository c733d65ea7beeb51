"""A database has the tables that this program knows: made, or brought up to date, before anything is written."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from inspector.errors import InputError

SCRIPTS = Path(__file__).parent / "migrations"
VERSIONS = ("0001", "0002", "0003")
"""In their order; each is a file in `migrations/versions`. The last one is what `schema.py` says."""
ONE_AT_A_TIME = 20_260_101
"""The number of the lock that PostgreSQL knows us by: two stations may come to an empty database at once."""


def bring_up_to_date(engine: Engine, name: str, folder: Path | None = None) -> None:
    """Make or change the tables, all of them or nothing; where nothing is to be done nothing is written.

    A database from before there were versions is taken over as the first one. name: for sentences; folder: of the
    evidence. Raises: InputError where a newer program wrote it; DBAPIError of the database.
    """
    with engine.begin() as connection:
        if _version(connection, name) == VERSIONS[-1]:
            return
    with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ONE_AT_A_TIME})
        _upgrade(connection, _version(connection, name), folder)


def _version(connection: Connection, name: str) -> str | None:
    """The version that the tables have; None where there are none."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        return VERSIONS[0] if "inspections" in tables else None
    version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if version is not None and version not in VERSIONS:
        raise InputError(
            f"The records in {name} were written by a newer version of this program, and are left as they are. "
            "Bring this program up to date."
        )
    return version


def _upgrade(connection: Connection, version: str | None, folder: Path | None) -> None:
    from alembic import command  # takes its time to load, and only a database that is not up to date needs it
    from alembic.config import Config

    attributes: dict[str, Any] = {"connection": connection, "folder": folder}
    config = Config(attributes=attributes)
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    if version == VERSIONS[0] and "alembic_version" not in inspect(connection).get_table_names():
        command.stamp(config, version)
    command.upgrade(config, "head")
