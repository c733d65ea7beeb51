"""Every string of the app in every language, and the compiled files as their sources say."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt5.QtWidgets import QApplication

from ui import preferences, translation
from ui.translation import FOLDER, translate

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = [language for language in preferences.LANGUAGES if language != "en"]
PLACE = re.compile(r"%\d")


def messages(path: Path) -> Iterator[tuple[tuple[str, str], ElementTree.Element]]:
    """Each string of a source of translations, by its context and its English, with its translation."""
    for context in ElementTree.parse(path).iter("context"):
        for message in context.iter("message"):
            found = message.find("translation")
            assert found is not None
            yield (context.findtext("name", ""), message.findtext("source", "")), found


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """All that the code asks for."""
    path = tmp_path_factory.mktemp("found") / "app.ts"
    sources = map(str, sorted((ROOT / "ui").rglob("*.py")))
    tool = Path(sys.executable).with_name("pylupdate5")
    subprocess.run([tool, *sources, "-ts", path], check=True, capture_output=True)
    return {key for key, _ in messages(path)}


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """`translation.use`; in the end it is English again."""
    yield translation.use
    translation.use("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_out(language: str, asked: set[tuple[str, str]]) -> None:
    told = dict(messages(FOLDER / f"app_{language}.ts"))
    assert asked <= told.keys(), sorted(asked - told.keys())
    assert told.keys() <= asked, "translated, and asked for nowhere; run: make translations"
    for (_, english), found in told.items():
        assert found.get("type") != "unfinished", english
        assert found.text, english
        assert sorted(PLACE.findall(english)) == sorted(PLACE.findall(found.text)), english
        assert english[-1:].isspace() == found.text[-1:].isspace(), english


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_says_what_its_source_says(language: str, spoken: Callable[[str], None]) -> None:
    spoken(language)
    for (context, english), found in messages(FOLDER / f"app_{language}.ts"):
        assert translate(context, english) == found.text, f"{english}: run: make translations"


def test_a_language_is_spoken_and_left_again(spoken: Callable[[str], None]) -> None:
    for language, word in (("de", "Startet"), ("pt_BR", "Iniciando"), ("en", "Starting")):
        spoken(language)
        assert translate("Look", "Starting") == word


@pytest.mark.parametrize(
    ("kept", "nearest"), [("de", "de"), ("de_AT", "de"), ("pt_PT", "pt_BR"), ("fr_FR", "en"), ("en_GB", "en")]
)
def test_the_nearest_language_is_taken(kept: str, nearest: str) -> None:
    preferences.keep("language", kept)
    assert preferences.language() == nearest
