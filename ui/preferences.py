"""What a person likes in all windows of theirs: the look, the language, and what they ask of each camera."""

from urllib.parse import quote

from PyQt5.QtCore import QLocale, QSettings

from ui import theme

LANGUAGES = {"en": "English", "pt_BR": "Português", "de": "Deutsch"}
"""By the name of their translation, each in its own words. The strings in the code are English."""

DEVICES = ("usb:", "genicam:")
"""Of which it is remembered what is asked of them. An address may hold a password, and nothing is asked of it."""


def look() -> str:
    """One of `theme.LOOKS`."""
    wanted = str(_kept().value("look", "dark"))
    return wanted if wanted in theme.LOOKS else "dark"


def language() -> str:
    """One of LANGUAGES: what was chosen, else the system's, else English."""
    wanted = str(_kept().value("language", QLocale.system().name()))
    near = [name for name in LANGUAGES if wanted == name or wanted.split("_")[0] == name.split("_")[0]]
    return near[0] if near else "en"


def kept(name: str, default: str) -> str:
    """What was remembered by that name."""
    return str(_kept().value(name, default))


def keep(name: str, value: str) -> None:
    """Remember it for the next window."""
    _kept().setValue(name, value)


def source_of(device: str) -> str:
    """The text that opens a camera with what was asked of it last; as it is where nothing was."""
    return str(_kept().value(_key(device), device))


def keep_source(source: str) -> None:
    """Remember what is asked of the camera of that text."""
    device = device_of(source)
    if device.startswith(DEVICES):
        _kept().setValue(_key(device), source)


def device_of(source: str) -> str:
    """Which camera a source's text is about, without what is asked of it."""
    return source.partition(",")[0]


def _key(device: str) -> str:
    return f"sources/{quote(device, safe='')}"


def _kept() -> QSettings:
    return QSettings(QSettings.IniFormat, QSettings.UserScope, "assembly-inspector", "app")
