"""What happens to those whom a station talks to. It has to go on as if nothing was."""

import signal
from contextlib import suppress

from tests.faults.faults import Fault, Undo, Victims
from tests.faults.peers import BROKER, DATABASE, PLC
from tests.inspection.postgres_server import Server
from tests.plant.peers import Broker

LOCK = "LOCK TABLE inspections IN ACCESS EXCLUSIVE MODE"
LOCKED_BY = "SET lock_timeout = '1s'"
"""A station that is held up may hold the table; then there is no lock."""


def _plc_gone(victims: Victims) -> Undo:
    victims.peers.plc.leave()
    return victims.peers.plc.come_back


def _plc_hangs(victims: Victims) -> Undo:
    drop = victims.peers.plc.hang()

    def come_back() -> None:
        drop()
        victims.peers.plc.come_back()

    return come_back


def _plc_babbles(victims: Victims) -> Undo:
    return victims.peers.plc.babble(victims.random)


def _broker_gone(victims: Victims) -> Undo:
    broker = _broker(victims)
    broker.kill()
    return broker.start


def _broker_hangs(victims: Victims) -> Undo:
    return _held(_broker(victims))


def _broker(victims: Victims) -> Broker:
    assert victims.peers.broker is not None
    return victims.peers.broker


def _database_gone(victims: Victims) -> Undo:
    database = _database(victims)
    database.stop(signal.SIGKILL)
    return database.start


def _database_slow(victims: Victims) -> Undo:
    return _held(_database(victims))


def _held(server: Broker | Server) -> Undo:
    server.hold()
    return server.let_go


def _database_locked(victims: Victims) -> Undo:
    """As by whoever looks after the database, and forgets to end what was begun."""
    import psycopg

    thief = _database(victims).connect("postgres")
    thief.autocommit = False
    thief.execute(LOCKED_BY)
    with suppress(psycopg.errors.UndefinedTable, psycopg.errors.LockNotAvailable):
        thief.execute(LOCK)
    return thief.close


def _database(victims: Victims) -> Server:
    assert victims.peers.database is not None
    return victims.peers.database


OUTAGES = (
    Fault("PLC gone", _plc_gone, peer=PLC),
    Fault("PLC hangs", _plc_hangs, peer=PLC),
    Fault("PLC talks rubbish", _plc_babbles, peer=PLC),
    Fault("broker gone", _broker_gone, peer=BROKER),
    Fault("broker hangs", _broker_hangs, (0.3, 9.0), peer=BROKER),
    Fault("plant database gone", _database_gone, peer=DATABASE),
    Fault("plant database slow", _database_slow, (0.3, 7.0), peer=DATABASE),
    Fault("plant database locked", _database_locked, (0.3, 7.0), peer=DATABASE),
)
