"""Every string of the app in every language, and the compiled files as their sources say."""

import re
from collections.abc import Callable, Iterator

import pytest
from PyQt5.QtWidgets import QApplication

from tests.translations import FOLDER, asked, told
from ui import preferences, translation
from ui.translation import translate

LANGUAGES = [language for language in preferences.LANGUAGES if language != "en"]
PLACE = re.compile(r"%\d")


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """`translation.use`; in the end it is English again."""
    yield translation.use
    translation.use("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_out(language: str) -> None:
    found = told(FOLDER / f"app_{language}.ts")
    assert list(found) == sorted(asked(), key=lambda key: key[0]), "run: make translations"
    assert not [english for (_, english), text in found.items() if not text]
    for (_, english), text in found.items():
        assert sorted(PLACE.findall(english)) == sorted(PLACE.findall(text)), english


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_says_what_its_source_says(language: str, spoken: Callable[[str], None]) -> None:
    spoken(language)
    for (context, english), text in told(FOLDER / f"app_{language}.ts").items():
        assert translate(context, english) == text, f"{english}: run: make translations"


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
