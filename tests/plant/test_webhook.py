"""A web server hears of each inspection, in order, once it can."""

import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from inspector.errors import InputError
from inspector.outputs import Webhook as Settings
from inspector.plant.sending import LEAVING_S
from inspector.plant.webhook import Webhook
from tests.plant.peers import Papers, Shelf, Web, until
from tests.plant.slow_peers import DrippingWeb
from tests.ports import NEAR, free_port

Open = Callable[..., Webhook]


@pytest.fixture
def hook(tmp_path: Path, shelf: Shelf) -> Iterator[Open]:
    """Open a webhook on the shelf, with short pauses."""
    opened: list[Webhook] = []

    def open_one(url: str, **settings: object) -> Webhook:
        found = Settings(url=url, **settings)  # type: ignore[arg-type]
        opened.append(Webhook(found, tmp_path, shelf.source, pause_s=0.01))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def url(web: Web) -> str:
    return f"http://{NEAR}:{web.port}/inspections"


def test_each_inspection_is_posted_with_its_id(web: Web, shelf: Shelf, hook: Open) -> None:
    shelf.add("a")
    hook(url(web), secret=SecretStr("Bearer 4711"))
    until(lambda: shelf.position == 1)
    ((code, headers, body),) = web.posts
    assert code == 200
    assert body == {"id": "a", "verdict": "OK", "serial": "ä-1", "findings": []}
    found = {name.lower(): value for name, value in headers.items()}
    assert found["idempotency-key"] == "a"
    assert found["content-type"] == "application/json"
    assert found["authorization"] == "Bearer 4711"


def test_the_secret_goes_into_the_header_that_is_named(web: Web, shelf: Shelf, hook: Open) -> None:
    shelf.add("a")
    hook(url(web), secret=SecretStr("4711"), header="X-Api-Key")
    until(lambda: shelf.position == 1)
    assert {name.lower(): value for name, value in web.posts[0][1].items()}["x-api-key"] == "4711"


@pytest.mark.parametrize("trouble", [500, 503, 404, 302, 307, 0])
def test_what_is_not_taken_is_posted_again_in_order(web: Web, shelf: Shelf, hook: Open, trouble: int) -> None:
    web.answers[:] = [200, trouble, trouble]
    shelf.add("a", "b", "c")
    output = hook(url(web), secret=SecretStr("4711"))
    until(lambda: shelf.position == 3)
    assert [body["id"] for _, _, body in web.posts] == ["a", "b", "b", "b", "c"]
    until(lambda: not output.fault)


def test_one_that_the_server_had_already_is_sent(web: Web, shelf: Shelf, hook: Open) -> None:
    web.answers[:] = [409]
    shelf.add("a", "b")
    hook(url(web))
    until(lambda: shelf.position == 2)
    assert [code for code, _, _ in web.posts] == [409, 200]


def test_a_server_that_is_away_is_said_and_waited_for(web: Web, shelf: Shelf, hook: Open) -> None:
    web.stop()
    shelf.add("a", "b")
    output = hook(url(web))
    until(lambda: output.fault.startswith(f"{url(web)} cannot be reached: "))
    web.start()
    until(lambda: web.taken == ["a", "b"])


def test_what_the_server_said_is_said(web: Web, shelf: Shelf, hook: Open) -> None:
    web.answers[:] = [507] * 1000
    shelf.add("a")
    output = hook(url(web))
    until(lambda: output.fault == f"{url(web)} did not take inspection a: HTTP 507.")


def test_a_restart_loses_nothing(web: Web, shelf: Shelf, hook: Open) -> None:
    web.answers[:] = [200] + [500] * 1000
    shelf.add("a", "b")
    first = hook(url(web))
    until(lambda: shelf.position == 1)
    first.close()
    web.answers.clear()
    hook(url(web))
    until(lambda: shelf.position == 2)
    assert web.taken == ["a", "b"]


@pytest.fixture
def dripping() -> Iterator[str]:
    """The address of a server that never comes to an end."""
    server = DrippingWeb()
    with server.running():
        yield f"http://{NEAR}:{server.port}/inspections"


def test_an_answer_without_end_is_none(
    dripping: str, shelf: Shelf, hook: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector.plant.posting.WHOLE_S", 0.3)
    shelf.add("a")
    output = hook(dripping)
    until(lambda: output.fault == f"{dripping} cannot be reached: it took too long.")
    assert shelf.position == 0


def test_no_server_keeps_it_from_its_end(dripping: str, shelf: Shelf, hook: Open) -> None:
    shelf.add("a")
    output = hook(dripping)
    until(lambda: output._poster._connection is not None)
    began_s = time.monotonic()
    output.close()
    assert time.monotonic() - began_s < LEAVING_S
    assert shelf.position == 0


@pytest.fixture
def https(own_papers: Papers) -> Iterator[Web]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_papers.certificate, own_papers.key)
    server = Web(tls=context)
    server.start()
    yield server
    server.stop()


def test_a_server_is_believed_that_its_authority_signed(
    https: Web, shelf: Shelf, hook: Open, own_papers: Papers
) -> None:
    shelf.add("a")
    hook(f"https://{NEAR}:{https.port}/", authority=own_papers.certificate)
    until(lambda: https.taken == ["a"])


def test_no_other_is(https: Web, shelf: Shelf, hook: Open, other_papers: Papers) -> None:
    shelf.add("a")
    strangers = (
        hook(f"https://{NEAR}:{https.port}/", authority=other_papers.certificate),
        hook(f"https://{NEAR}:{https.port}/"),
    )
    for output in strangers:
        until(lambda output=output: "certificate verify failed" in output.fault)  # type: ignore[misc]
    assert not https.posts


def test_an_authority_that_cannot_be_read_is_the_persons_mistake(hook: Open, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"certificates that the outputs of .* cannot be used"):
        hook(f"https://{NEAR}:{free_port()}/", authority=tmp_path / "none.pem")
