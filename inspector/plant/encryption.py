"""Certificates from files, as TLS wants them."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspector.errors import InputError


def of_a_server(certificate: Path, key: Path, authority: Path | None) -> ssl.SSLContext:
    """For who listens; with an authority, clients have to show a certificate that it signed.

    Raises: InputError where a file is not there or not what it should be.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with told():
        context.load_cert_chain(certificate, key)
        if authority is not None:
            context.load_verify_locations(authority)
            context.verify_mode = ssl.CERT_REQUIRED
    return context


def of_a_client(authority: Path | None, certificate: Path | None = None, key: Path | None = None) -> ssl.SSLContext:
    """For who connects: name and certificate of the server are always verified, by the authority or this machine's own.

    Raises: as of_a_server.
    """
    with told():
        context = ssl.create_default_context(cafile=authority)
        if certificate is not None:
            context.load_cert_chain(certificate, key)
    return context


@contextmanager
def told() -> Iterator[None]:
    """Raises: InputError where what it surrounds finds a file missing, or not what it should be."""
    try:
        yield
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        raise InputError(
            f"The certificates that the outputs of settings.yaml name cannot be used: {error}. Name PEM files, and "
            "each key with the certificate that it belongs to."
        ) from error
