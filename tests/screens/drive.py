"""The window as a process of its own, once a language, on a display that nobody looks at."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

from inspector.settings import Workspace
from tests.screens.lesson import teach
from tests.screens.person import Person, display
from tests.screens.product import DATA, ROOT, product
from tests.screens.tour import show_kiosk, show_operator, show_pages
from ui import app, preferences, theme, translation
from ui.technician import bench

SCREENS = ROOT / "docs" / "screens"
SIZE = (1280, 800)
TECHNICIAN = "ann"
LOOKS = {"de": "light"}
"""Of the languages whose pages are not dark."""
KEPT = {"tape": SCREENS, "screw": SCREENS / "screw"}
"""Where the pages are kept; those of other products are not."""


def screenshots() -> None:
    """Teach the simulated tape, and the real screws where there are any, and keep their pages in each language."""
    _drive("tape", *preferences.LANGUAGES)
    if DATA.is_dir():
        _drive("screw", *preferences.LANGUAGES)
    else:
        print(f"The real pictures are not at {DATA}: the screws are not taught, and their pages stay as they are.")


def teach_once(name: str) -> None:
    """For what it takes, in English."""
    _drive(name, "en")


def _drive(name: str, *languages: str) -> None:
    with tempfile.TemporaryDirectory() as folder, display() as shown:
        seen_by = {"DISPLAY": shown, "QT_QPA_PLATFORM": "xcb", "XDG_CONFIG_HOME": folder, "LOGNAME": TECHNICIAN}
        environment = {**os.environ, **seen_by}
        for language in languages:
            command = [sys.executable, "-X", "faulthandler", "-m", "tests.screens", folder, language, name]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)


def one_language(folder: Path, language: str, name: str) -> NoReturn:
    """The job where nothing is taught in the folder yet; then a picture of each page. The process ends with it, and no
    window before: Qt may crash over those that Python clears up.
    """
    running = app._application()
    look = LOOKS.get(language, "dark")
    theme.use(look)
    preferences.keep("language", language)
    preferences.keep("look", look)
    translation.use(language)
    taught, place = product(name, folder), Workspace(folder / "workspace")
    made = bench(place, source=taught.station)
    made.resize(*SIZE)
    made.show()
    made.enter()
    person = Person(made, language, KEPT.get(name))
    if not place.bundles.exists():
        teach(person, taught)
    if name in KEPT:
        show_pages(person, taught)
    person.leave(made, made.close_down, made.ended)
    if name == "tape":
        show_operator(person, place, taught)
        show_kiosk(person, place, taught)
    running.processEvents()
    sys.stdout.flush()
    os._exit(0)
