"""OPC UA: a server with the station's states, signals and results, and with methods that ask for them."""

import asyncio
import hmac
import logging
import socket
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from asyncua import ua
from asyncua.common.callback import CallbackType
from asyncua.common.node import Node
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.crypto.truststore import TrustStore
from asyncua.crypto.validator import CertificateValidator, CertificateValidatorOptions
from asyncua.server.server import Server
from asyncua.server.user_managers import UserManager
from asyncua.ua.status_codes import StatusCodes

from inspector.outputs import Account
from inspector.outputs import OpcUa as Settings
from inspector.plant.encryption import told
from inspector.plant.feed import Clock
from inspector.plant.handshake import Handshake, readable
from inspector.plant.opcua_limits import Messages, Sessions, limits
from inspector.plant.serving import Serving
from inspector.plant.signals import SAFE, Choose, Prove, Request
from inspector.plant.vision import GIVEN_SERIAL, MODE, STATE, SYSTEM, TRIGGER, values

NAMESPACE = "urn:assembly-inspector:vision"
KINDS = {
    bool: ua.VariantType.Boolean,
    int: ua.VariantType.UInt16,
    str: ua.VariantType.String,
    list: ua.VariantType.String,
}
TRUSTED = CertificateValidatorOptions.TIME_RANGE | CertificateValidatorOptions.TRUSTED
WRONG_ARGUMENT = ua.StatusCode(ua.UInt32(StatusCodes.BadInvalidArgument))
NOT_READY = ua.StatusCode(ua.UInt32(StatusCodes.BadInvalidState))
LONGEST = 256
"""Letters of a text from the plant that are looked at."""

IDLE_S = 600.0
"""The longest that a session may be silent, with this library."""

# It tells of each client that does something wrong, on standard error; the client is told by its answer.
logging.getLogger("asyncua").setLevel(logging.CRITICAL)


def application() -> str:
    """The application's URI, which the server's certificate has to hold."""
    return f"urn:{socket.gethostname()}:assembly-inspector"


class OpcUa(Serving):
    """The address space of docs/plant.md.

    What a client writes to Trigger, or calls, counts before it is answered, so that nothing of an older result can be
    read after it.

    folder: where files lie that the settings name without their folder.
    """

    def __init__(self, settings: Settings, folder: Path, clock: Clock = time.monotonic) -> None:
        self._free = not settings.handshake
        super().__init__(
            "OPC UA",
            settings.address,
            settings.port,
            clock,
            lambda library: Messages(library, IDLE_S),
            Handshake("opcua", self._free),
        )
        self._settings = settings
        self._folder = folder
        self._server: Server | None = None
        self._nodes: dict[str, Node] = {}
        self._written: dict[str, Any] = {}
        self._writing = asyncio.Lock()
        self.start()

    async def open(self) -> None:
        """Make the address space, and listen."""
        settings = self._settings
        self._server = server = Server(Sessions(_Door(settings.users)))
        server.limits = limits()
        self._written = {}
        await server.init()
        await server.set_application_uri(application())
        server.set_server_name("Assembly Inspector")
        host = f"[{self.address}]" if ":" in self.address else self.address
        server.set_endpoint(f"opc.tcp://{host}:{self.port}")
        server.allow_remote_admin(False)
        server.set_identity_tokens([ua.UserNameIdentityToken if settings.users else ua.AnonymousIdentityToken])
        await self._secure(server)
        await self._build(server)
        server.subscribe_server_callback(CallbackType.PreRead, self._hear_read)
        server.subscribe_server_callback(CallbackType.PostWrite, self._hear_write)
        await server.start()

    async def _secure(self, server: Server) -> None:
        settings = self._settings
        if settings.certificate is None or settings.key is None:
            server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
            return
        with told():
            await server.load_certificate(self._folder / settings.certificate)
            await server.load_private_key(self._folder / settings.key)
            if settings.trusted is not None:
                store = TrustStore([self._folder / settings.trusted], [])
                await store.load()
                server.set_certificate_validator(CertificateValidator(TRUSTED, store))
        server.set_security_policy(
            [ua.SecurityPolicyType.Basic256Sha256_SignAndEncrypt, ua.SecurityPolicyType.Basic256Sha256_Sign]
        )

    async def _build(self, server: Server) -> None:
        """Objects for the words before a dot, variables for those behind it, and the methods."""
        index = await server.register_namespace(NAMESPACE)

        def named(path: str) -> ua.NodeId:
            return ua.NodeId(ua.String(path), ua.Int16(index))

        system = await server.nodes.objects.add_object(named(SYSTEM), f"{index}:{SYSTEM}")
        objects: dict[str, Node] = {}
        first = values(SAFE, False, 0, self._free) | {TRIGGER: False, GIVEN_SERIAL: ""}
        for path, value in first.items():
            above, name = path.split(".")
            if above not in objects:
                objects[above] = await system.add_object(named(f"{SYSTEM}.{above}"), f"{index}:{above}")
            self._nodes[path] = await objects[above].add_variable(
                named(f"{SYSTEM}.{path}"), f"{index}:{name}", _variant(path, value)
            )
        for path in (TRIGGER, GIVEN_SERIAL):
            await self._nodes[path].set_writable()
        text = ua.VariantType.String
        for name, call, inputs, outputs in (
            ("StartSingleJob", self._start_job, [text], [text]),
            ("Acknowledge", self._acknowledge, [], []),
            ("SelectRecipe", self._select, [text], []),
            ("Prove", self._prove, [], []),
        ):
            await system.add_method(named(f"{SYSTEM}.{name}"), f"{index}:{name}", call, inputs, outputs)

    async def refresh(self) -> None:
        """Write what changed into the address space, which tells who subscribed to it."""
        async with self._writing:
            handshake = self.handshake
            now = values(handshake.shown(), handshake.refused, handshake.results, self._free)
            for path, value in now.items():
                if self._written.get(path) != value:
                    await self._nodes[path].write_value(_variant(path, value))
                    self._written[path] = value

    async def shut(self) -> None:
        """Listen no longer, and let go of who is connected."""
        if self._server is not None:
            await self._server.stop()

    async def _hear_read(self, event: Any, _service: Any) -> None:
        """The library's hook, before a client reads: what nobody says any more is not read any more."""
        if event.is_external:
            self.check_silence()
            await self.refresh()

    async def _hear_write(self, event: Any, _service: Any) -> None:
        """The library's hook, after a client has written and before it is told so."""
        if not event.is_external:
            return
        self.check_silence()
        for wish, status in zip(event.request_params.NodesToWrite, event.response_params, strict=True):
            if wish.NodeId == self._nodes[TRIGGER].nodeid and status.is_good():
                high = _said(wish.Value) is True
                self._want(self.handshake.level(high, self._given_serial() if high else ""))
        await self.refresh()

    def _given_serial(self) -> str:
        """For the next trigger; "" where a client wrote no good text: an edge counts whatever stands here."""
        assert self._server is not None
        serial = _said(self._server.read_attribute_value(self._nodes[GIVEN_SERIAL].nodeid))
        return serial[:LONGEST] if isinstance(serial, str) else ""

    async def _start_job(self, _parent: ua.NodeId, *arguments: ua.Variant) -> Any:
        self.check_silence()
        serial = _only_text(arguments)
        if serial is None:
            return WRONG_ARGUMENT
        # The answer itself refuses: nothing is left that the plant would have to take back.
        trigger = self.handshake.begin(serial) if self.handshake.shown().ready else None
        self._want(trigger)
        await self.refresh()
        return NOT_READY if trigger is None else [ua.Variant(trigger.id)]

    async def _acknowledge(self, _parent: ua.NodeId, *_: ua.Variant) -> Any:
        self._want(self.handshake.end())
        await self.refresh()
        return []

    async def _select(self, _parent: ua.NodeId, *arguments: ua.Variant) -> Any:
        recipe = readable(_only_text(arguments) or "")
        if not recipe:
            return WRONG_ARGUMENT
        self._want(Choose(recipe))
        return []

    async def _prove(self, _parent: ua.NodeId, *_: ua.Variant) -> Any:
        self._want(Prove())
        return []

    def _want(self, request: Request | None) -> None:
        if request is not None:
            self.ask([request])


class _Door(UserManager):
    """Lets in whom the settings name, or everybody where they name nobody; nobody may change the address space."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._passwords = {account.name: account.password.get_secret_value() for account in accounts}

    def get_user(
        self, iserver: Any, username: str | None = None, password: str | None = None, certificate: Any = None
    ) -> User | None:
        """The user; None for one who is not to come in."""
        if not self._passwords:
            return User(UserRole.User)
        # Compared also for a name that is not known, so that time tells nobody which ones are.
        right = self._passwords.get(username or "")
        same = hmac.compare_digest((password or "").encode(), (right or "").encode())
        return User(UserRole.User, username) if right is not None and same else None


def _said(written: ua.DataValue) -> Any:
    """The value that a client wrote; None where there is none, or the client says itself that it is not good."""
    good = written.StatusCode is None or written.StatusCode.is_good()
    return written.Value.Value if good and written.Value is not None else None


def _only_text(arguments: tuple[ua.Variant, ...]) -> str | None:
    """The one argument, where it is a text."""
    found = [argument.Value for argument in arguments]
    return found[0][:LONGEST] if len(found) == 1 and isinstance(found[0], str) else None


def _variant(path: str, value: Any) -> ua.Variant:
    if path in (STATE, MODE):
        return ua.Variant(ua.LocalizedText(value, "en"))
    return ua.Variant(value, KINDS[type(value)], is_array=isinstance(value, list))
