"""A screen that stays on, however little is touched."""

import logging
import sys
from typing import Any

from PyQt5.QtCore import QObject, QProcess, QStandardPaths

log = logging.getLogger(__name__)

XSET = ("s", "off", "-dpms", "s", "noblank")
ES_CONTINUOUS, ES_SYSTEM_REQUIRED, ES_DISPLAY_REQUIRED = 0x80000000, 0x1, 0x2
"""SetThreadExecutionState of the Windows API."""
SERVICE, PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
"""The Idle Inhibition Service of freedesktop.org, which desktops of X and of Wayland offer."""


def stay_awake(parent: QObject) -> None:
    """Ask everything that may darken this screen not to, as long as the program runs. What is not there is not asked,
    and nothing here fails: docs/kiosk.md says what the system has to do where there is neither.
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetThreadExecutionState(ES_CONTINUOUS | ES_SYSTEM_REQUIRED | ES_DISPLAY_REQUIRED)
        return
    _ask_x(parent)
    _ask_desktop(parent)


def _ask_x(parent: QObject) -> None:
    found = QStandardPaths.findExecutable("xset")
    if found:
        process = QProcess(parent)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.start(found, list(XSET))


def _ask_desktop(parent: QObject) -> None:
    """The desktop forgets what was asked when the program ends."""
    try:
        from PyQt5.QtDBus import QDBusConnection, QDBusMessage
    except ImportError:
        return
    bus: Any = QDBusConnection.sessionBus()
    if bus.isConnected():
        message = QDBusMessage.createMethodCall(SERVICE, PATH, SERVICE, "Inhibit")
        message.setArguments(["assembly-inspector", "A station is inspecting"])
        bus.asyncCall(message)
