"""HTTP: a POST for each inspection to a web server of the plant."""

import http.client
import json
import queue
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inspector.outputs import Webhook as Settings
from inspector.plant.encryption import of_a_client
from inspector.plant.posting import Poster
from inspector.plant.sending import FIRST_PAUSE_S, Inspection, Sender, Source, Unsent
from inspector.plant.signals import Request, Signals

KNOWN_ALREADY = 409


class Webhook:
    """Sends each inspection as JSON, and again until the server says that it has it.

    2xx says so, and 409, that it had it already: the header `Idempotency-Key` holds the inspection's id. Anything else
    is a failure, also a redirection, since the secret is meant for the server that was named.

    source: what is to be sent. folder: where files lie that the settings name without their folder. pause_s: between
    the first two tries.

    Raises: InputError where the authority's certificate cannot be read.
    """

    def __init__(self, settings: Settings, folder: Path, source: Source, pause_s: float = FIRST_PAUSE_S) -> None:
        self.requests: queue.Queue[Request] = queue.Queue()
        self._settings = settings
        authority = folder / settings.authority if settings.authority else None
        self._poster = Poster(of_a_client(authority))
        self._sender = Sender("webhook", source, self._send, pause_s)

    @property
    def fault(self) -> str:
        """Why the oldest inspection that waits was not sent."""
        return self._sender.fault

    def show(self, signals: Signals) -> None:
        """A web server is told of inspections, not of levels."""

    def tell(self, inspection: Mapping[str, Any]) -> None:
        """There is one more in the source."""
        self._sender.wake()

    def close(self) -> None:
        """Send no more; what was not sent stays in the source."""
        self._poster.close()
        self._sender.close()

    def _send(self, inspection: Inspection) -> None:
        url = self._settings.url
        try:
            self._poster.send(self._request(inspection))
        except urllib.error.HTTPError as error:
            error.close()
            if error.code != KNOWN_ALREADY:
                raise Unsent(f"{url} did not take inspection {inspection['id']}: HTTP {error.code}.") from None
        except (OSError, http.client.HTTPException) as error:
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            raise Unsent(f"{url} cannot be reached: {reason or type(error).__name__}.") from None

    def _request(self, inspection: Inspection) -> urllib.request.Request:
        body = json.dumps(inspection, ensure_ascii=False, default=str).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(inspection["id"])}
        if self._settings.secret is not None:
            headers[self._settings.header] = self._settings.secret.get_secret_value()
        return urllib.request.Request(self._settings.url, body, headers, method="POST")
