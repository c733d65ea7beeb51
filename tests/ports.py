"""Ports of this machine that nobody listens on."""

import random
import socket

NEAR = "127.0.0.1"
FIRST, LAST = 20_000, 32_000
"""Below those that the system lends to whoever connects (from 32768 on under Linux): where nobody listens yet, or for a
while, somebody who tries again and again would be lent the same port in the end, and be connected to itself."""


def free_port() -> int:
    """One to listen on, now or later."""
    while True:
        port = random.randint(FIRST, LAST)
        try:
            with socket.create_server((NEAR, port)):
                return port
        except OSError:
            continue
