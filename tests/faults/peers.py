"""Whom a tormented station talks to, real ones on this machine: a PLC, a broker, the plant's database."""

import time
from contextlib import ExitStack, closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from inspector.files import write_document
from inspector.keeping import Keeping
from inspector.outputs import Modbus, Mqtt, Outputs
from inspector.recipe import Trigger
from inspector.settings import Settings
from tests.faults.line import Line
from tests.faults.plc import Plc
from tests.faults.subscriber import Subscriber
from tests.inspection.postgres_server import Server, programs
from tests.plant.peers import Broker, Listener, mosquitto
from tests.ports import NEAR, free_port

PLC, BROKER, DATABASE = "PLC", "broker", "plant database"
STATION = "line"
KEPT_DAYS, PICTURES_DAYS = 30 / 86400, 5 / 86400
LATE_S = 0.3
"""How long somebody who comes late listens: what is retained comes at once."""


class Peers:
    """Those that can be had here, until `close`; the workspace's settings say where they are.

    broker, subscriber, database: None where they are not installed. address: of the database, as the settings have it.
    Pictures are kept for seconds; records, too, where the plant's database has them.

    seed, trigger: of whose Line, and where it is `asked` the PLC asks about each workpiece.
    """

    def __init__(self, workspace: Path, seed: int, trigger: Trigger) -> None:
        asks = trigger is Trigger.ASKED
        self._ending = ExitStack()
        port = free_port()
        self.plc = self._ending.enter_context(closing(Plc(port, Line(seed) if asks else None)))
        self.broker = self._started_broker(workspace)
        self.subscriber = self._started_subscriber()
        self.database = self._started_database()
        self.address = None if self.database is None else self.database.database()
        mqtt = None if self.broker is None else Mqtt(host=NEAR, port=self.broker.port, station=STATION)
        outputs = Outputs(modbus=Modbus(address=NEAR, port=port, handshake=asks), mqtt=mqtt)
        kept_days = None if self.address is None else KEPT_DAYS
        keeping = Keeping(database=self.address, station=STATION, keep_days=kept_days, keep_pictures_days=PICTURES_DAYS)
        write_document(workspace / "settings.yaml", Settings(outputs=outputs, records=keeping))

    @property
    def missing(self) -> list[str]:
        """The names of those that are not installed."""
        return [name for name, peer in ((BROKER, self.broker), (DATABASE, self.database)) if peer is None]

    def retained(self) -> dict[str, Any]:
        """What the broker keeps for whoever comes now, by topic."""
        if self.broker is None:
            return {}
        with closing(Listener(self.broker.port)) as late:
            time.sleep(LATE_S)
            return {topic: payload for topic, payload, retained in late.heard if retained}

    def close(self) -> None:
        self._ending.close()

    def _started_broker(self, folder: Path) -> Broker | None:
        if mosquitto() is None:
            return None
        broker = Broker(folder)
        self._ending.callback(broker.kill)
        broker.start()
        return broker

    def _started_subscriber(self) -> Subscriber | None:
        return None if self.broker is None else self._ending.enter_context(closing(Subscriber(self.broker.port)))

    def _started_database(self) -> Server | None:
        place = programs() if find_spec("psycopg") else None
        return None if place is None else self._ending.enter_context(closing(Server(place)))
