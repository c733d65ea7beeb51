"""What a person likes in all windows of theirs: the look and the language."""

from PyQt5.QtCore import QLocale, QSettings

from ui import theme

LANGUAGES = {"en": "English", "pt_BR": "Português", "de": "Deutsch"}
"""By the name of their translation, each in its own words. The strings in the code are English."""


def look() -> str:
    """One of `theme.LOOKS`."""
    wanted = str(_kept().value("look", "dark"))
    return wanted if wanted in theme.LOOKS else "dark"


def language() -> str:
    """One of LANGUAGES: what was chosen, else the system's, else English."""
    wanted = str(_kept().value("language", QLocale.system().name()))
    near = [name for name in LANGUAGES if wanted == name or wanted.split("_")[0] == name.split("_")[0]]
    return near[0] if near else "en"


def keep(name: str, value: str) -> None:
    """Remember it for the next window."""
    _kept().setValue(name, value)


def _kept() -> QSettings:
    return QSettings(QSettings.IniFormat, QSettings.UserScope, "assembly-inspector", "app")
