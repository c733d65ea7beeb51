"""A PLC on the other end of OPC UA."""

import queue
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from asyncua import ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256
from pydantic import SecretStr

from inspector.inspection.verdict import Verdict
from inspector.outputs import Account
from inspector.outputs import OpcUa as Settings
from inspector.plant.opcua import OpcUa
from inspector.plant.signals import SAFE, Acknowledge, Choose, Prove, Trigger
from tests.plant.opcua_client import Plc, text
from tests.plant.peers import READY, Hands, Papers, asked, result, until
from tests.ports import NEAR, free_port

Where = dict[str, Any]


@pytest.fixture(scope="module")
def clock() -> Hands:
    return Hands()


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory, clock: Hands) -> Iterator[OpcUa]:
    """One for all: an address space takes a second to make."""
    one = OpcUa(Settings(address=NEAR, port=free_port()), tmp_path_factory.mktemp("opcua"), clock)
    until(lambda: not one.fault)
    yield one
    one.close()


@pytest.fixture
def plc(output: OpcUa) -> Iterator[Plc]:
    """One that asks for nothing, at a station that is ready."""
    one = Plc(output.port)
    one.trigger(False)
    one.call("Acknowledge")
    ready(output, one)
    asked(output.requests)
    yield one
    one.close()


def ready(output: OpcUa, plc: Plc) -> None:
    output.show(READY)
    until(lambda: plc.flags() == {"Ready"})


def take(output: OpcUa) -> Trigger:
    trigger = output.requests.get(timeout=5)
    assert isinstance(trigger, Trigger)
    return trigger


def test_one_inspection_over_the_trigger_variable(output: OpcUa, plc: Plc) -> None:
    assert plc.state("VisionStateMachine") == "Operational"
    assert plc.state("AutomaticModeStateMachine") == "Ready"
    plc.node("Commands.SerialNumber").write_value("SN-7")
    plc.trigger(True)
    assert plc.flags() == {"Busy"}  # at once: nothing older can be read
    assert plc.state("AutomaticModeStateMachine") == "SingleExecution"
    trigger = take(output)
    assert trigger.serial == "SN-7"
    output.show(result(Verdict.OK, trigger.id, serial="SN-7"))
    until(lambda: plc.flags() == {"ResultValid", "Pass"})
    output.show(READY)
    assert plc.read("Signals.ResultCode") == Verdict.OK
    assert plc.read("Result.SerialNumber") == "SN-7"
    assert plc.read("Result.Job") == trigger.id
    assert plc.read("Recipe.Name") == "box"
    plc.trigger(False)
    assert plc.flags() == set()
    assert output.requests.get(timeout=5) == Acknowledge()


def test_one_inspection_over_methods(output: OpcUa, plc: Plc) -> None:
    job = plc.call("StartSingleJob", text("SN-8"))
    assert take(output) == Trigger("SN-8", job)
    with pytest.raises(ua.uaerrors.BadInvalidState):
        plc.call("StartSingleJob", text("SN-9"))
    output.show(result(Verdict.NOT_OK, job))
    until(lambda: plc.flags() == {"ResultValid"})
    assert plc.read("Result.Reasons") == ["screw: none of 1"]
    plc.call("Acknowledge")
    assert output.requests.get(timeout=5) == Acknowledge()


def test_a_job_that_was_wanted_too_early_leaves_the_station_ready(output: OpcUa, plc: Plc) -> None:
    """The call itself says no: there is no Trigger that would have to fall first."""
    output.show(SAFE)
    until(lambda: plc.flags() != {"Ready"})
    with pytest.raises(ua.uaerrors.BadInvalidState):
        plc.call("StartSingleJob", text("SN-9"))
    output.show(READY)
    until(lambda: plc.flags() == {"Ready"})
    job = plc.call("StartSingleJob", text("SN-9"))
    assert take(output) == Trigger("SN-9", job)


def test_recipes_and_proofs_are_asked_for(output: OpcUa, plc: Plc) -> None:
    plc.call("SelectRecipe", text("box2"))
    plc.call("Prove")
    assert asked(output.requests) == [Choose("box2"), Prove()]


def test_who_subscribes_is_told(output: OpcUa, plc: Plc) -> None:
    told: queue.SimpleQueue[Any] = queue.SimpleQueue()

    class Handler:
        def datachange_notification(self, _node: Any, value: Any, _data: Any) -> None:
            told.put(value)

    subscription = plc.client.create_subscription(20, Handler())
    subscription.subscribe_data_change(plc.node("Signals.Busy"))
    assert told.get(timeout=5) is False
    plc.trigger(True)
    assert told.get(timeout=5) is True
    subscription.delete()


@pytest.mark.parametrize(
    "path",
    ["Signals.Pass", "Signals.ResultValid", "Signals.Ready", "Signals.Heartbeat", "Result.Inspection", "Recipe.Name"],
)
def test_what_the_station_says_cannot_be_written(plc: Plc, path: str) -> None:
    before = plc.read(path)
    with pytest.raises(ua.uaerrors.BadUserAccessDenied):
        plc.node(path).write_value(before)


@pytest.mark.parametrize(
    "garbage",
    [
        ua.Variant(1, ua.VariantType.Int32),
        ua.Variant("true", ua.VariantType.String),
        ua.Variant([True, True], ua.VariantType.Boolean, is_array=True),
        ua.Variant(None, ua.VariantType.Null),
    ],
    ids=str,
)
def test_garbage_in_the_trigger_starts_nothing(output: OpcUa, plc: Plc, garbage: ua.Variant) -> None:
    with suppress(ua.uaerrors.UaStatusCodeError):
        plc.node("Commands.Trigger").write_value(garbage)
    assert asked(output.requests) == []
    assert plc.flags() == {"Ready"}


NO_TEXT = {
    "bad": ua.DataValue(text("SN-2"), ua.StatusCode(ua.UInt32(ua.StatusCodes.Bad))),
    "uncertain": ua.DataValue(text("SN-2"), ua.StatusCode(ua.UInt32(ua.StatusCodes.Uncertain))),
    "array": ua.DataValue(ua.Variant(["SN-2"], ua.VariantType.String, is_array=True)),
    "nothing": ua.DataValue(ua.Variant(None, ua.VariantType.String)),
}


@pytest.mark.parametrize("serial", NO_TEXT.values(), ids=NO_TEXT)
def test_no_serial_number_keeps_an_edge_of_the_trigger_away(output: OpcUa, plc: Plc, serial: ua.DataValue) -> None:
    plc.trigger(True)
    output.show(result(Verdict.OK, take(output).id))
    until(lambda: plc.flags() == {"ResultValid", "Pass"})
    plc.node("Commands.SerialNumber").write_value(serial)
    plc.trigger(False)
    assert plc.flags() == set()  # at once: the next workpiece must not find the pass of this one
    assert output.requests.get(timeout=5) == Acknowledge()
    ready(output, plc)
    plc.trigger(True)
    assert take(output).serial == ""
    plc.node("Commands.SerialNumber").write_value(text(""))


def test_a_trigger_that_says_itself_that_it_is_not_good_is_low(output: OpcUa, plc: Plc) -> None:
    for status in (ua.StatusCodes.Bad, ua.StatusCodes.Uncertain):
        up = ua.Variant(True, ua.VariantType.Boolean)
        plc.node("Commands.Trigger").write_value(ua.DataValue(up, ua.StatusCode(ua.UInt32(status))))
        assert asked(output.requests) == []
    assert plc.flags() == {"Ready"}


@pytest.mark.parametrize("arguments", [(), (ua.Variant(7, ua.VariantType.Int32),), (text("a"), text("b"))], ids=len)
@pytest.mark.parametrize("method", ["StartSingleJob", "SelectRecipe"])
def test_wrong_arguments_are_refused(output: OpcUa, plc: Plc, method: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(ua.uaerrors.BadInvalidArgument):
        plc.call(method, *arguments)
    assert asked(output.requests) == []


def test_an_endless_serial_number_is_cut(output: OpcUa, plc: Plc) -> None:
    plc.call("StartSingleJob", text("\n" * 3 + "x" * 100_000))
    assert take(output).serial == "x" * 80


def test_a_flood_of_triggers_starts_one_inspection(output: OpcUa, plc: Plc) -> None:
    for level in (True, False) * 20:
        plc.trigger(level)
    assert [type(request) for request in asked(output.requests)] == [Trigger, Acknowledge]
    assert "ResultValid" not in plc.flags()


def test_bytes_that_are_no_opc_ua_harm_nobody_else(output: OpcUa, plc: Plc) -> None:
    with socket.create_connection((NEAR, output.port)) as stranger:
        stranger.sendall(bytes(range(256)) * 20)
    assert plc.flags() == {"Ready"}
    assert not output.fault


def test_a_plc_that_went_finds_the_result_that_it_asked_for(output: OpcUa, plc: Plc) -> None:
    passing = Plc(output.port)
    passing.trigger(True)
    passing.close()
    output.show(result(Verdict.OK, take(output).id))
    until(lambda: plc.flags() == {"ResultValid", "Pass"})


def test_silence_takes_a_pass_back(output: OpcUa, plc: Plc, clock: Hands) -> None:
    plc.trigger(True)
    output.show(result(Verdict.OK, take(output).id))
    until(lambda: plc.flags() == {"ResultValid", "Pass"})
    clock.now += 1.01
    until(lambda: plc.flags() == {"Fault", "Refused"})
    assert plc.state("VisionStateMachine") == "Error"
    assert plc.read("Signals.Message") == "The station is silent."


@pytest.fixture(scope="module")
def guarded(own_papers: Papers, other_papers: Papers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpcUa]:
    """One with a certificate, a user, and a client that it trusts."""
    trusted = tmp_path_factory.mktemp("trusted")
    (trusted / "peer.pem").write_bytes(other_papers.certificate.read_bytes())
    settings = Settings(
        address=NEAR,
        port=free_port(),
        certificate=own_papers.certificate,
        key=own_papers.key,
        trusted=trusted,
        users=(Account(name="plc", password=SecretStr("4711 ä")),),
    )
    one = OpcUa(settings, trusted)
    until(lambda: not one.fault)
    yield one
    one.close()


def with_papers(papers: Papers, user: str = "", password: str = "") -> Any:
    def prepare(client: Any) -> None:
        client.aio_obj.application_uri = "urn:peer"
        client.set_security(SecurityPolicyBasic256Sha256, str(papers.certificate), str(papers.key))
        if user:
            client.set_user(user)
            client.set_password(password)

    return prepare


def test_who_is_known_and_trusted_comes_in(guarded: OpcUa, other_papers: Papers) -> None:
    plc = Plc(guarded.port, with_papers(other_papers, "plc", "4711 ä"))
    guarded.show(READY)
    until(lambda: plc.flags() == {"Ready"})
    plc.trigger(False)
    plc.trigger(True)
    assert isinstance(guarded.requests.get(timeout=5), Trigger)
    plc.close()


@pytest.mark.parametrize(("user", "password"), [("plc", "4711"), ("plc", ""), ("somebody", "4711 ä"), ("", "")])
def test_a_wrong_password_does_not(guarded: OpcUa, other_papers: Papers, user: str, password: str) -> None:
    with pytest.raises(ua.UaError):
        Plc(guarded.port, with_papers(other_papers, user, password))


def test_a_client_that_is_not_trusted_does_not(guarded: OpcUa, own_papers: Papers) -> None:
    with pytest.raises((ua.UaError, ConnectionError, TimeoutError)):
        Plc(guarded.port, with_papers(own_papers, "plc", "4711 ä"))


def test_nothing_is_said_without_encryption(guarded: OpcUa) -> None:
    def prepare(client: Any) -> None:
        client.set_user("plc")
        client.set_password("4711 ä")

    with pytest.raises((ua.UaError, ConnectionError, TimeoutError)):
        Plc(guarded.port, prepare)
