"""Which ways to the plant are switched on: the section `outputs` of the settings. What is not named there is off."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, PlainSerializer, SecretStr, model_validator

from inspector.faults import PlacedFault
from inspector.files import Section

HERE = ("localhost", "127.0.0.1", "::1")
NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
HEADER = r"^[A-Za-z0-9-]{1,64}$"


def _as_text(value: Any) -> Any:
    # In words of our own: pydantic's would show what was written.
    if not isinstance(value, str | SecretStr) or not str(value):
        raise ValueError("should be text: put it in quotes")
    return value


def _as_list(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise ValueError("should be a list: one on each line, behind a dash")
    return value


Secret = Annotated[
    SecretStr, BeforeValidator(_as_text), PlainSerializer(lambda secret: secret.get_secret_value(), return_type=str)
]
"""A password: in the file as it is, and nowhere else; whatever prints it prints stars."""
Port = Annotated[int, Field(ge=1, le=65535)]
Name = Annotated[str, Field(pattern=NAME)]
Address = Annotated[str, Field(min_length=1)]


class Way(Section):
    """One way to the plant."""

    @model_validator(mode="before")
    @classmethod
    def _is_a_mapping(cls, values: Any) -> Any:
        # Here already, for the same reason: what stands in the wrong place may be a password.
        if not isinstance(values, Mapping | cls):
            raise ValueError("should be keys and values, one a line")
        return values

    def _check_pair(self, certificate: Path | None, key: Path | None) -> None:
        if (certificate is None) is not (key is None):
            raise PlacedFault("a certificate needs its key, and a key its certificate", "certificate" if key else "key")


class Account(Way):
    """Who may connect, with the password that proves it."""

    name: Name
    password: Secret


class OpcUa(Way):
    """An OPC UA server.

    address, port: where it listens. handshake: results answer triggers alone; without it, what the station decides by
    itself is shown as well. certificate, key: of the server, PEM or DER; with them it speaks nothing but
    Basic256Sha256. trusted: a folder with the certificates of clients, or of who signed them; without it, any client's
    will do. users: who may connect; without them, anybody.
    """

    address: Address
    port: Port = 4840
    handshake: bool = True
    certificate: Path | None = None
    key: Path | None = None
    trusted: Path | None = None
    users: Annotated[tuple[Account, ...], BeforeValidator(_as_list)] = ()

    @model_validator(mode="after")
    def _is_safe(self) -> "OpcUa":
        self._check_pair(self.certificate, self.key)
        if self.users and self.certificate is None:
            raise PlacedFault("passwords would cross the network for all to read: set 'certificate' and 'key'", "users")
        if self.trusted is not None and self.certificate is None:
            raise PlacedFault("clients show no certificate unless 'certificate' and 'key' are set", "trusted")
        return self


class Modbus(Way):
    """A Modbus TCP server, which knows no passwords.

    address, port, handshake: as of OPC UA. certificate, key: with them it speaks TLS, which few PLCs do; authority: who
    signed the clients' certificates, without which no client may then connect.
    """

    address: Address
    port: Port = 502
    handshake: bool = True
    certificate: Path | None = None
    key: Path | None = None
    authority: Path | None = None

    @model_validator(mode="after")
    def _is_safe(self) -> "Modbus":
        self._check_pair(self.certificate, self.key)
        if self.authority is not None and self.certificate is None:
            raise PlacedFault("clients are asked for nothing unless 'certificate' and 'key' are set", "authority")
        return self


class Mqtt(Way):
    """A client of an MQTT broker.

    host, port: the broker; without a port, 1883, and 8883 with TLS. station: what this station is called there, which
    no other may be; root, group: what stands before it in topics. user, password: if the broker asks. tls: speak TLS;
    authority: who signed the broker's certificate, where this machine does not know; certificate, key: of this client.
    """

    host: Address
    station: Name
    port: Port | None = None
    root: Name = "inspector"
    group: Name = "plant"
    user: str | None = None
    password: Secret | None = None
    tls: bool = False
    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> "Mqtt":
        self._check_pair(self.certificate, self.key)
        if self.password is not None and self.user is None:
            raise PlacedFault("a password needs its user", "user")
        if not self.tls and (self.authority or self.certificate):
            raise PlacedFault("certificates need 'tls: true'", "tls")
        return self


class Webhook(Way):
    """An HTTP POST for each inspection.

    url: where to. secret: sent in the header named `header`, so that the receiver knows who speaks. authority: who
    signed the server's certificate, where this machine does not know.
    """

    url: str
    secret: Secret | None = None
    header: Annotated[str, Field(pattern=HEADER)] = "Authorization"
    authority: Path | None = None

    @model_validator(mode="after")
    def _is_safe(self) -> "Webhook":
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise PlacedFault("this should be the address of a web server, https://…", "url")
        if parts.username or parts.password:
            raise PlacedFault("a password belongs into 'secret', not into the address", "url")
        if self.secret is not None and parts.scheme == "http" and parts.hostname not in HERE:
            raise PlacedFault("the secret would cross the network for all to read: use https", "url")
        if self.secret is not None and not self.secret.get_secret_value().isprintable():
            raise PlacedFault("what a header holds is one line of printable text", "secret")
        return self


class Outputs(Way):
    """The ways to the plant, each off unless given."""

    opcua: OpcUa | None = None
    modbus: Modbus | None = None
    mqtt: Mqtt | None = None
    webhook: Webhook | None = None
