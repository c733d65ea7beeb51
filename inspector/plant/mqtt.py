"""MQTT: a client that tells a broker what the station says and decides, under topics that are Sparkplug-like.

Of Sparkplug B it has the topics of birth, death and data, and the rule that a death belongs to one birth; its payloads
are JSON, where Sparkplug's are Protocol Buffers, and it takes no commands.
"""

import json
import queue
import sys
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from paho.mqtt.client import Client, MQTTMessageInfo
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion

from inspector.outputs import Mqtt as Settings
from inspector.plant.encryption import of_a_client
from inspector.plant.feed import Clock, Feed
from inspector.plant.sending import Inspection, Sender, Source, Unsent
from inspector.plant.signals import SAFE, Request, Signals

PORT, TLS_PORT = 1883, 8883
KEEPALIVE_S = 5
"""Of a connection that is cut without a word a broker tells after one and a half times this (MQTT 3.1.1, 3.1.2.10)."""
EVERY_S = 1.0
"""The signals are told when they change, and so often in any case: who hears nothing for longer trusts them no more."""
TICK_S = 0.1
CONNECT_S = 2.0
ACKNOWLEDGED_S = 10.0
"""A broker that has not said for so long that it has an inspection is at fault."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1, 30


class Topics:
    """`ROOT/GROUP/KIND/STATION`."""

    def __init__(self, settings: Settings) -> None:
        start, station = f"{settings.root}/{settings.group}", settings.station
        self.birth = f"{start}/NBIRTH/{station}"
        self.death = f"{start}/NDEATH/{station}"
        self.signals = f"{start}/DDATA/{station}/signals"
        self.inspection = f"{start}/DDATA/{station}/inspection"


class Mqtt:
    """Says on a broker that the station is there, what its signals are and each inspection.

    NBIRTH is retained and says that it is there; NDEATH, the last will, is retained and says that it is not, with the
    session of the birth that it ends. Signals are not retained: a pass on a broker would outlive its station.
    Inspections are sent with QoS 1 and wait in the source while the broker is away.

    source: what is to be sent. folder: where files lie that the settings name without their folder.

    Raises: InputError where a certificate cannot be read.
    """

    def __init__(self, settings: Settings, folder: Path, source: Source, clock: Clock = time.monotonic) -> None:
        self.requests: queue.Queue[Request] = queue.Queue()
        self._where = settings.host, settings.port or (TLS_PORT if settings.tls else PORT)
        self._topics = Topics(settings)
        self._session = uuid.uuid4().hex
        self._feed = Feed(clock)
        self._changed = threading.Event()
        self._closing = threading.Event()
        self._connected = threading.Event()
        self._handed_over: tuple[str, MQTTMessageInfo] | None = None
        self._said = "The MQTT broker {}, port {},".format(*self._where)
        self._trouble = f"{self._said} is not connected yet."
        self._client = self._prepared(settings, folder)
        self._sender = Sender("MQTT", source, self._send)
        self._client.connect_async(*self._where, keepalive=KEEPALIVE_S)
        self._client.loop_start()
        self._thread = threading.Thread(target=self._run, name="output MQTT signals", daemon=True)
        self._thread.start()

    @property
    def fault(self) -> str:
        """Why the broker is not told, or why it does not take inspections."""
        return self._trouble or self._sender.fault

    def show(self, signals: Signals) -> None:
        """The levels from now on."""
        self._feed.put(signals)
        self._changed.set()

    def tell(self, inspection: Mapping[str, Any]) -> None:
        """There is one more in the source."""
        self._sender.wake()

    def close(self) -> None:
        """Say that the station is gone, and go."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._changed.set()
        self._sender.close()
        self._thread.join()
        if self._connected.is_set():
            self._client.publish(self._topics.death, self._death(), qos=1, retain=True)
        self._client.disconnect()
        self._client.loop_stop()
        del self._client  # which closes the last of its sockets

    def _prepared(self, settings: Settings, folder: Path) -> Client:
        client = Client(CallbackAPIVersion.VERSION2, settings.station, protocol=MQTTProtocolVersion.MQTTv311)
        client.connect_timeout = CONNECT_S
        client.reconnect_delay_set(FIRST_PAUSE_S, LONGEST_PAUSE_S)
        client.will_set(self._topics.death, self._death(), qos=1, retain=True)
        if settings.user is not None:
            client.username_pw_set(settings.user, settings.password.get_secret_value() if settings.password else None)
        if settings.tls:
            authority, certificate, key = (
                folder / path if path else None for path in (settings.authority, settings.certificate, settings.key)
            )
            client.tls_set_context(of_a_client(authority, certificate, key))
        client.on_connect = self._on_connect
        client.on_connect_fail = self._on_connect_fail
        client.on_disconnect = self._on_disconnect
        return client

    def _death(self) -> str:
        return json.dumps({"online": False, "session": self._session, **asdict(SAFE)})

    def _on_connect(self, client: Client, _data: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        """On the library's thread, as all that follow."""
        if reason.is_failure:
            self._trouble = f"{self._said} refused the connection: {reason}."
            return
        # The death before is over: a retained message goes away with an empty one.
        client.publish(self._topics.death, b"", qos=1, retain=True)
        birth = {"online": True, "session": self._session, "at": _now(), "signals": self._topics.signals}
        client.publish(self._topics.birth, json.dumps(birth), qos=1, retain=True)
        self._trouble = ""
        self._connected.set()
        self._changed.set()
        self._sender.retry()

    def _on_connect_fail(self, _client: Client, _data: Any) -> None:
        error = sys.exc_info()[1]  # the library calls this while it handles it, and tells no reason
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        self._trouble = f"{self._said} cannot be reached: {reason}."

    def _on_disconnect(self, _client: Client, _data: Any, _flags: Any, _reason: Any, _properties: Any) -> None:
        self._connected.clear()
        self._trouble = self._trouble or f"{self._said} is no longer connected."

    def _run(self) -> None:
        """The thread of the signals, whole."""
        told, told_s = None, 0.0
        while not self._closing.is_set():
            now, now_s = self._feed.newest(), time.monotonic()
            if self._connected.is_set() and (now != told or now_s - told_s >= EVERY_S):
                self._client.publish(self._topics.signals, json.dumps({"at": _now(), **asdict(now)}))
                told, told_s = now, now_s
            self._changed.wait(TICK_S)
            self._changed.clear()

    def _send(self, inspection: Inspection) -> None:
        """Publish, and wait until the broker has it; what a lost connection swallowed the library gives to it again."""
        if not self._connected.is_set():
            raise Unsent(self._trouble)
        sent = self._hand_over(inspection)
        last_s = time.monotonic() + ACKNOWLEDGED_S
        while not self._closing.is_set():
            sent.wait_for_publish(TICK_S)
            if sent.is_published():
                return
            if time.monotonic() > last_s:
                raise Unsent(f"{self._said} does not say that it has inspection {inspection['id']}.")
        raise Unsent("The station ends.")

    def _hand_over(self, inspection: Inspection) -> MQTTMessageInfo:
        """To the library, each once: what waits there for the broker goes out again by itself."""
        name = str(inspection["id"])
        if self._handed_over is None or self._handed_over[0] != name:
            body = json.dumps(inspection, ensure_ascii=False, default=str)
            sent = self._client.publish(self._topics.inspection, body, qos=1)
            if sent.rc is not MQTTErrorCode.MQTT_ERR_SUCCESS:
                raise Unsent(self._trouble or f"{self._said} cannot be told of inspection {name} ({sent.rc.name}).")
            self._handed_over = name, sent
        return self._handed_over[1]


def _now() -> str:
    return datetime.now(UTC).isoformat()
