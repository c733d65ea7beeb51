"""The other sides of the outputs, real ones on loopback: a broker, a web server, and certificates for all."""

import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from inspector.inspection.verdict import Verdict
from inspector.plant.sending import Source
from inspector.plant.signals import SAFE, Phase, Signals
from tests.ports import NEAR, free_port

PATIENCE_S = 30.0
READY = replace(SAFE, phase=Phase.READY, ready=True, fault=False, message="", recipe="box", bundle="box-1")
BUSY = replace(READY, phase=Phase.RUNNING, ready=False, busy=True)


def result(verdict: Verdict = Verdict.OK, trigger: str = "", number: int = 1, **other: Any) -> Signals:
    """A valid result, of a trigger or none."""
    return replace(
        READY,
        phase=Phase.RUNNING,
        ready=False,
        result_valid=True,
        passed=verdict is Verdict.OK,
        code=verdict.value,
        inspection=f"i-{number}",
        reasons=() if verdict is Verdict.OK else ("screw: none of 1",),
        trigger=trigger,
        **other,
    )


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.005)


class Hands:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Shelf:
    """A source that outlives who sends from it, as the records do."""

    def __init__(self) -> None:
        self.kept: list[tuple[int, Mapping[str, Any]]] = []
        self.position = 0
        self.notes = 0
        self.broken = self.read_only = ""

    def add(self, *ids: str) -> None:
        for name in ids:
            self.kept.append((len(self.kept) + 1, {"id": name, "verdict": "OK", "serial": "ä-1", "findings": []}))

    @property
    def source(self) -> Source:
        return Source(self._after, self._moved)

    def _after(self, limit: int) -> list[tuple[int, Mapping[str, Any]]]:
        if self.broken:
            raise RuntimeError(self.broken)
        return [(position, one) for position, one in self.kept if position > self.position][:limit]

    def _moved(self, position: int) -> None:
        if self.read_only:
            raise RuntimeError(self.read_only)
        assert position > self.position
        self.position = position
        self.notes += 1


@dataclass
class Web:
    """A web server that answers what it is told to, and 200 after that; 0 hangs up without a word."""

    port: int = field(default_factory=free_port)
    answers: list[int] = field(default_factory=list)
    posts: list[tuple[int, dict[str, str], Any]] = field(default_factory=list)
    tls: Any = None

    def start(self) -> None:
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                code = web.answers.pop(0) if web.answers else 200
                web.posts.append((code, dict(self.headers), body))
                if not code:
                    return
                self.send_response(code)
                if 300 <= code < 400:
                    self.send_header("Location", f"http://{NEAR}:{web.port}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_GET(self) -> None:
                web.posts.append((-1, dict(self.headers), None))

            def log_message(self, *_: Any) -> None:
                """Nothing on standard error."""

        self._server = ThreadingHTTPServer((NEAR, self.port), Handler)
        self._server.daemon_threads = False
        if self.tls is not None:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
            self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def taken(self) -> list[str]:
        """Ids of what was answered with 2xx, in order."""
        return [body["id"] for code, _, body in self.posts if 200 <= code < 300]


def mosquitto() -> str | None:
    """The broker's program; None where it is not installed. Debian keeps it off the path."""
    return shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")


class Broker:
    """Debian's mosquitto on a free port; it forgets all when it ends."""

    def __init__(self, folder: Path, *lines: str) -> None:
        self.program = mosquitto()
        if self.program is None:
            pytest.skip("there is no broker to talk to: mosquitto is not installed (apt-get install mosquitto)")
        self.port = free_port()
        self._settings = folder / "mosquitto.conf"
        access = lines or ("allow_anonymous true",)
        root = ("user root",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        self._settings.write_text("\n".join((*root, f"listener {self.port} {NEAR}", *access, "log_type none", "")))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert self.program is not None
        self._process = subprocess.Popen([self.program, "-c", str(self._settings)], stderr=subprocess.DEVNULL)
        until(self._answers)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hold(self) -> None:
        """It does nothing any more, and hangs up on nobody."""
        self._send(signal.SIGSTOP)

    def let_go(self) -> None:
        self._send(signal.SIGCONT)

    def _send(self, number: int) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    def _answers(self) -> bool:
        try:
            socket.create_connection((NEAR, self.port)).close()
        except OSError:
            return False
        return True


class Listener:
    """Somebody who hears all that a broker is told: `(topic, payload, retained)`, in order."""

    def __init__(self, port: int, prepare: Callable[[Client], Any] = lambda _: None) -> None:
        self.heard: list[tuple[str, Any, bool]] = []
        self._ready = threading.Event()
        self._client = Client(CallbackAPIVersion.VERSION2)
        prepare(self._client)
        self._client.on_connect = lambda client, *_: client.subscribe("#", qos=1)
        self._client.on_subscribe = lambda *_: self._ready.set()
        self._client.on_message = lambda _client, _data, message: self.hear(
            message.topic, json.loads(message.payload) if message.payload else None, message.retain
        )
        self._client.reconnect_delay_set(0.05, 0.05)  # type: ignore[arg-type]
        self._client.connect(NEAR, port)
        self._client.loop_start()
        assert self._ready.wait(PATIENCE_S)

    def hear(self, topic: str, payload: Any, retained: bool) -> None:
        """On the library's thread."""
        self.heard.append((topic, payload, retained))

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()
        del self._client  # which closes the last of its sockets

    def payloads(self, ending: str) -> list[Any]:
        return [payload for topic, payload, _ in list(self.heard) if topic.endswith(ending)]

    def newest(self, ending: str) -> Any:
        return next(iter(self.payloads(ending)[::-1]), None)


@dataclass(frozen=True)
class Papers:
    """A certificate that signs itself, and its key, as PEM files."""

    certificate: Path
    key: Path


def papers(folder: Path, name: str, uri: str = "urn:peer") -> Papers:
    """For this machine, under a name."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, 2048)
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address(NEAR)), x509.UniformResourceIdentifier(uri)]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    found = Papers(folder / f"{name}.pem", folder / f"{name}-key.pem")
    found.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    found.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return found


def asked(requests: "queue.Queue[Any]") -> list[Any]:
    """All that waits in the queue."""
    found = []
    while not requests.empty():
        found.append(requests.get())
    return found
