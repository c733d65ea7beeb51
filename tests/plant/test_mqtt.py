"""A broker, and who listens there."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from pydantic import SecretStr

from inspector.inspection.verdict import Verdict
from inspector.outputs import Mqtt as Settings
from inspector.plant.mqtt import Mqtt
from tests.plant.peers import READY, Broker, Hands, Listener, Papers, Shelf, result, until
from tests.plant.slow_peers import ForgetfulBroker
from tests.ports import NEAR

BIRTH, DEATH = "inspector/plant/NBIRTH/line-1", "inspector/plant/NDEATH/line-1"
SIGNALS, INSPECTION = "inspector/plant/DDATA/line-1/signals", "inspector/plant/DDATA/line-1/inspection"
Open = Callable[..., Mqtt]

CHILD = """
import sys, threading
from pathlib import Path
from inspector.outputs import Mqtt as Settings
from inspector.plant.mqtt import Mqtt
from inspector.plant.sending import Source

output = Mqtt(Settings(host="127.0.0.1", port=int(sys.argv[1]), station="line-1"), Path(), Source(lambda _: [], id))
threading.Event().wait()
"""


@pytest.fixture
def station(tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open an output to a broker's port, that sends what lies on the shelf, with short pauses."""
    monkeypatch.setattr("inspector.plant.mqtt.FIRST_PAUSE_S", 0.02)
    opened: list[Mqtt] = []

    def open_one(port: int, clock: Hands | None = None, **settings: object) -> Mqtt:
        found = Settings(host=NEAR, port=port, station="line-1", **settings)  # type: ignore[arg-type]
        opened.append(Mqtt(found, tmp_path, shelf.source, clock or Hands()))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def test_it_says_that_it_is_there_for_whoever_comes_later(broker: Broker, station: Open) -> None:
    output = station(broker.port)
    until(lambda: not output.fault)
    late = Listener(broker.port)
    until(lambda: late.newest(SIGNALS) is not None)  # what is retained comes before
    assert late.newest(BIRTH)["online"] is True
    assert late.newest(BIRTH)["signals"] == SIGNALS
    assert late.newest(DEATH) is None
    late.close()


def test_its_signals_are_told_and_never_retained(broker: Broker, listener: Listener, station: Open) -> None:
    output = station(broker.port)
    output.show(READY)
    until(lambda: bool((listener.newest(SIGNALS) or {}).get("ready")))
    output.show(replace(result(Verdict.OK, serial="SN-7"), heartbeat=3))
    until(lambda: bool(listener.newest(SIGNALS)["passed"]))
    told = listener.newest(SIGNALS)
    assert (told["phase"], told["code"], told["serial"], told["heartbeat"]) == ("running", 1, "SN-7", 3)
    late = Listener(broker.port)
    until(lambda: late.newest(SIGNALS) is not None)
    assert not [topic for topic, _, retained in late.heard if retained and topic == SIGNALS]
    late.close()


def test_its_end_is_told_by_itself(broker: Broker, listener: Listener, station: Open) -> None:
    output = station(broker.port)
    until(lambda: listener.newest(BIRTH) is not None)
    output.close()
    until(lambda: listener.newest(DEATH) is not None)
    assert listener.newest(DEATH)["session"] == listener.newest(BIRTH)["session"]


def test_its_death_is_told_by_the_broker(broker: Broker, listener: Listener) -> None:
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(broker.port)])
    try:
        until(lambda: listener.newest(BIRTH) is not None)
    finally:
        child.kill()
        child.wait()
    until(lambda: listener.newest(DEATH) is not None)
    death = listener.newest(DEATH)
    assert (death["online"], death["fault"], death["passed"]) == (False, True, False)
    assert death["session"] == listener.newest(BIRTH)["session"]
    late = Listener(broker.port)
    until(lambda: late.newest(DEATH) == death)
    late.close()


def test_who_comes_back_takes_the_death_back(broker: Broker, station: Open) -> None:
    station(broker.port).close()
    output = station(broker.port)
    until(lambda: not output.fault)
    late = Listener(broker.port)
    until(lambda: late.newest(SIGNALS) is not None)  # what is retained comes before
    assert late.newest(DEATH) is None
    late.close()


def test_inspections_are_told_in_order(broker: Broker, listener: Listener, shelf: Shelf, station: Open) -> None:
    shelf.add("a", "b", "c")
    station(broker.port)
    until(lambda: shelf.position == 3)
    until(lambda: len(listener.payloads(INSPECTION)) == 3)
    assert listener.payloads(INSPECTION) == [one for _, one in shelf.kept]


def test_inspections_wait_while_the_broker_is_away(tmp_path: Path, shelf: Shelf, station: Open) -> None:
    broker = Broker(tmp_path)
    shelf.add("a", "b")
    output = station(broker.port)
    until(lambda: output.fault == f"The MQTT broker {NEAR}, port {broker.port}, cannot be reached: Connection refused.")
    broker.start()
    listener = Listener(broker.port)
    until(lambda: shelf.position == 2 and not output.fault)
    broker.kill()
    until(lambda: bool(output.fault))
    shelf.add("c")
    output.tell({})
    broker.start()
    again = Listener(broker.port)
    until(lambda: shelf.position == 3)  # the broker has said that it has it
    shelf.add("d")
    output.tell({})
    until(lambda: again.payloads(INSPECTION)[-1:] == [shelf.kept[-1][1]])
    until(lambda: again.newest(BIRTH) is not None)
    assert again.newest(BIRTH)["online"] is True
    for somebody in (listener, again):
        somebody.close()
    broker.kill()


def test_what_the_broker_said_of_older_messages_is_not_taken_for_an_answer(
    broker: Broker, shelf: Shelf, station: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers of messages begin anew at 65536, which is an hour of signals."""
    numbers = cycle(range(1, 6))
    monkeypatch.setattr("paho.mqtt.client.Client._mid_generate", lambda _: next(numbers))
    output = station(broker.port)
    until(lambda: not output.fault)
    told = Listener(broker.port)
    for beat in range(10):
        output.show(replace(READY, heartbeat=beat))
        until(lambda beat=beat: (told.newest(SIGNALS) or {}).get("heartbeat") == beat)  # type: ignore[misc]
    told.close()
    broker.hold()
    shelf.add("a")
    output.tell({})
    time.sleep(1.5)
    assert shelf.position == 0
    broker.let_go()
    until(lambda: shelf.position == 1)


@pytest.fixture
def forgetful() -> Iterator[ForgetfulBroker]:
    server = ForgetfulBroker()
    with server.running():
        yield server


def test_a_broker_that_does_not_say_that_it_has_an_inspection_is_at_fault(
    forgetful: ForgetfulBroker, shelf: Shelf, station: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector.plant.mqtt.ACKNOWLEDGED_S", 0.1)
    shelf.add("a")
    output = station(forgetful.port)
    name = f"The MQTT broker {NEAR}, port {forgetful.port},"
    until(lambda: output.fault == f"{name} does not say that it has inspection a.")
    output._sender.retry()
    until(lambda: forgetful.signals > 2)
    assert len(forgetful.inspections) == 1
    assert shelf.position == 0
    forgetful.mindful = True
    until(lambda: shelf.position == 1 and not output.fault)
    assert len(forgetful.inspections) == 1


def test_silence_is_told(broker: Broker, listener: Listener, station: Open) -> None:
    clock = Hands()
    output = station(broker.port, clock)
    output.show(replace(result(), heartbeat=5))
    until(lambda: bool((listener.newest(SIGNALS) or {}).get("passed")))
    clock.now += 1.01
    until(lambda: bool(listener.newest(SIGNALS)["fault"]))
    assert (listener.newest(SIGNALS)["passed"], listener.newest(SIGNALS)["heartbeat"]) == (False, 5)


@pytest.fixture
def guarded(tmp_path: Path, own_papers: Papers) -> Iterator[Broker]:
    """A broker that speaks TLS and asks for a password."""
    passwords = tmp_path / "passwords"
    subprocess.run(["mosquitto_passwd", "-b", "-c", str(passwords), "line", "4711 ä"], check=True, capture_output=True)
    passwords.chmod(0o600)
    server = Broker(
        tmp_path,
        "allow_anonymous false",
        f"password_file {passwords}",
        f"certfile {own_papers.certificate}",
        f"keyfile {own_papers.key}",
    )
    server.start()
    yield server
    server.kill()


def test_it_shows_its_password_to_a_broker_that_it_knows(
    guarded: Broker, shelf: Shelf, station: Open, own_papers: Papers
) -> None:
    shelf.add("a")
    output = station(
        guarded.port, user="line", password=SecretStr("4711 ä"), tls=True, authority=own_papers.certificate
    )
    until(lambda: shelf.position == 1)
    assert not output.fault


def test_a_password_that_is_refused_is_said(guarded: Broker, station: Open, own_papers: Papers) -> None:
    output = station(guarded.port, user="line", password=SecretStr("0815"), tls=True, authority=own_papers.certificate)
    until(
        lambda: output.fault == f"The MQTT broker {NEAR}, port {guarded.port}, refused the connection: Not authorized."
    )


@pytest.mark.filterwarnings("ignore:unclosed <ssl:ResourceWarning")  # the library's own, of the connection it refused
def test_a_broker_that_nobody_signed_for_is_told_nothing(
    guarded: Broker, shelf: Shelf, station: Open, other_papers: Papers
) -> None:
    shelf.add("a")
    output = station(
        guarded.port, user="line", password=SecretStr("4711 ä"), tls=True, authority=other_papers.certificate
    )
    until(lambda: "certificate verify failed" in output.fault)
    assert shelf.position == 0


def test_the_ports_of_mqtt_are_taken_where_none_is_named(tmp_path: Path, shelf: Shelf) -> None:
    for tls, port in ((False, 1883), (True, 8883)):
        output = Mqtt(Settings(host="mqtt.invalid", station="x", tls=tls), tmp_path, shelf.source)
        assert output.fault.startswith(f"The MQTT broker mqtt.invalid, port {port}, ")
        output.close()
