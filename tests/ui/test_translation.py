"""Every string of the app in every language, and the compiled files as their sources say."""

import ast
import json
import re
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.errors import InputError
from inspector.recipe import Component, Label, Recipe
from inspector.sketch import Sketch, fixed
from tests import translations
from tests.translations import FOLDER, Key, _said_by, said_by_the_engine, told
from ui import preferences
from ui.engine_words import CONTEXT, LIST, VALUE, pattern_of, translated
from ui.translation import translate

LANGUAGES = [language for language in preferences.LANGUAGES if language != "en"]
PLACE = re.compile(r"%\d")
RECIPE = Recipe(name="box", components=(Component(name="tape"),))


@pytest.fixture(scope="module")
def asked() -> list[Key]:
    """All that the code asks for, read once."""
    return translations.asked()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_out(language: str, asked: list[Key]) -> None:
    found = told(FOLDER / f"app_{language}.ts")
    assert list(found) == sorted(asked, key=lambda key: key[0]), "run: make translations"
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


@pytest.mark.parametrize("language", preferences.LANGUAGES)
def test_what_waits_has_one_word_on_all_pages(language: str, asked: list[Key], spoken: Callable[[str], None]) -> None:
    spoken(language)
    for word in ("Suggested", "Unlabeled"):
        assert ("StandingLook", word) in asked
        assert translate("StandingLook", word) == translate("Preparation", word)


def test_the_window_suggests_and_does_not_propose(asked: list[Key]) -> None:
    assert [english for context, english in asked if context != CONTEXT and "propos" in english.lower()] == []


def test_the_list_of_what_the_engine_says_is_that_of_its_code() -> None:
    assert json.loads(LIST.read_text()) == said_by_the_engine(), "run: make translations"


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("The picture is good again.", "Das Bild ist wieder gut."),
        (str(InputError("Cannot read /a/b.png: 3.")), "/a/b.png lässt sich nicht lesen: 3."),
        ("Nobody ever wrote this. The picture is good again.", "Nobody ever wrote this. Das Bild ist wieder gut."),
        ("a.yaml: 'name' is missing\nb.yaml: 'size' is missing", "a.yaml: 'name' fehlt\nb.yaml: 'size' fehlt"),
        (
            fixed("tape", Counter({Label("tape"): 2})),
            "Es gibt 2 Aufnahmen von 'tape': Name und Modus bleiben, da eine Aufnahme nie verändert wird. "
            "Zuerst die Aufnahmen löschen, oder eine andere Komponente hinzufügen.",
        ),
        (
            "A region is [xmin, ymin, xmax, ymax] with xmin < xmax and ymin < ymax, none below 0.",
            "Ein Bereich ist [xmin, ymin, xmax, ymax] mit xmin < xmax und ymin < ymax, nichts davon unter 0.",
        ),
        (
            "a.yaml:3: parts.0.count: this should be a whole number, got 'x'",
            "a.yaml:3: parts.0.count: hier sollte eine ganze Zahl stehen, angegeben ist 'x'",
        ),
        (
            Sketch.of(RECIPE).with_value(("components", 0, "name"), "ta pe").checked()[1][0].text,
            "Die Komponente 'ta pe' sollte nur Buchstaben, Ziffern, '-', '_' und '.' enthalten und mit einem "
            "Buchstaben oder einer Ziffer beginnen.",
        ),
        ("", ""),
    ],
)
def test_the_engine_is_heard_in_the_language_of_the_window(
    english: str, german: str, spoken: Callable[[str], None]
) -> None:
    assert translated(english) == english
    spoken("de")
    assert translated(english) == german


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), min_size=9, max_size=9))
def test_values_come_through_as_they_are(values: list[str]) -> None:
    for english in json.loads(LIST.read_text(encoding="utf-8")):
        sentence = VALUE.sub(lambda value: values[int(value[0][1:]) - 1], english)
        assert pattern_of(english).fullmatch(sentence)


def test_what_is_no_sentence_for_a_window_is_left_out() -> None:
    source = '''
"""A module."""
def work(path, number):
    """A docstring of it."""
    log.warning("This goes to the log.")
    option = typer.Option(help="What it is for.")
    voice.say("Said on a terminal.")
    raise InputError(f"There is no file {path!r} of {number:.2f} lines." "Look again.", "two words")
    raise ValueError("no full stop")
'''
    assert list(_said_by(ast.parse(source), fragments=False)) == [
        "There is no file %1 of %2 lines.Look again.",
        "no full stop",
    ]
