"""Where a picture's pixels and boxes land on the screen."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QFont, QImage, QPainter, QTransform
from pytestqt.qtbot import QtBot

from inspector.detections import Detections
from inspector.frame import freeze
from inspector.inspection.aspect import Aspect
from inspector.inspection.verdict import Verdict
from inspector.inspection.view import View
from inspector.recipe import Label, Recipe
from ui import theme
from ui.widgets.picture import Picture, as_image, caption, draw_boxes, failing, fit

# Qt's offscreen platform says so of any window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_pixels_are_shared_and_blue_comes_first() -> None:
    array = np.zeros((3, 5, 3), np.uint8)
    array[1, 2] = (10, 20, 30)
    image = as_image(freeze(array))
    assert int(image.constBits()) == array.ctypes.data
    assert image.pixelColor(2, 1).getRgb() == (30, 20, 10, 255)
    assert (image.width(), image.height()) == (5, 3)


def test_a_wide_picture_is_centred_from_top_to_bottom() -> None:
    to_screen = fit((200, 100), QRectF(0, 0, 400, 400))
    assert to_screen.map(QPointF(0, 0)) == QPointF(0, 100)
    assert to_screen.map(QPointF(200, 100)) == QPointF(400, 300)


@given(*[st.integers(1, 5000)] * 4)
def test_a_picture_fills_its_place_and_keeps_its_aspect(width: int, height: int, wide: int, high: int) -> None:
    place = fit((width, height), QRectF(0, 0, wide, high)).mapRect(QRectF(0, 0, width, height))
    assert place.width() / place.height() == pytest.approx(width / height, rel=1e-6)
    assert place.width() <= wide * (1 + 1e-9)
    assert place.height() <= high * (1 + 1e-9)
    assert place.width() == pytest.approx(wide) or place.height() == pytest.approx(high)


def test_labels_read_as_a_person_says_them() -> None:
    assert caption(Label("screw", "off")) == "screw off"
    assert caption(Label("screw", "no-screw")) == "no-screw"
    assert caption(Label("tape")) == "tape"


def test_failing_patterns_are_those_of_the_recipe(recipe: Recipe) -> None:
    assert failing(recipe) == {Label("screw", "off")}
    assert failing(None) == set()


def drawn(moment: View, recipe: Recipe | None) -> QImage:
    """The boxes on black, a pixel of the frame a pixel of the image."""
    image = QImage(320, 200, QImage.Format_RGB32)
    image.fill(Qt.black)
    painter = QPainter(image)
    font = QFont()
    font.setPixelSize(15)
    painter.setFont(font)
    draw_boxes(painter, moment, QTransform(), recipe)
    painter.end()
    return image


def near(image: QImage, x: int, y: int, color: QColor) -> bool:
    """Whether the colour is within two pixels."""
    around = [image.pixelColor(x + i, y + j) for i in range(-2, 3) for j in range(-2, 3)]
    return any(max(abs(a - b) for a, b in zip(c.getRgb(), color.getRgb(), strict=True)) < 40 for c in around)


def test_what_is_well_has_corners_and_what_is_wrong_an_outline(
    qapp: object, moment: Callable[..., View], recipe: Recipe
) -> None:
    image = drawn(moment(Verdict.OK), recipe)
    well, wrong = theme.TONES[Verdict.OK].line, theme.TONES[Verdict.NOT_OK].line
    assert near(image, 60, 40, well)
    assert not near(image, 35, 40, well)
    assert near(image, 100, 125, wrong)
    assert near(image, 125, 150, wrong)


def test_the_region_of_what_is_missing_is_outlined(qapp: object, moment: Callable[..., View], recipe: Recipe) -> None:
    nothing = Detections.none(recipe.labels)
    missing = replace(moment(Verdict.NOT_OK), detections=nothing)
    fine = replace(moment(Verdict.OK), detections=nothing)
    color = theme.TONES[Verdict.NOT_OK].line
    assert any(near(drawn(missing, recipe), x, 20, color) for x in range(205, 300, 3))
    assert not any(near(drawn(fine, recipe), x, 20, color) for x in range(205, 300, 3))


def test_a_moment_without_detections_draws_nothing(qapp: object) -> None:
    image = drawn(View(), None)
    assert image == drawn(View(), None)
    assert not near(image, 100, 100, QColor("white"))


@pytest.mark.parametrize(("live", "least", "most"), [(True, 180, 220), (False, 40, 110)])
def test_the_frame_is_painted_and_dimmed_when_it_is_not_live(
    qtbot: QtBot, moment: Callable[..., View], recipe: Recipe, live: bool, least: int, most: int
) -> None:
    picture = Picture()
    qtbot.addWidget(picture)
    picture.resize(640, 500)
    picture.set_view(moment(), recipe, live)
    image = picture.grab().toImage()
    assert least <= image.pixelColor(320, 400).red() <= most
    assert image.pixelColor(320, 10) == theme.PICTURE


def test_a_picture_that_is_a_part_of_another_is_painted(qtbot: QtBot, moment: Callable[..., View]) -> None:
    part = np.full((40, 60, 3), 90, np.uint8)[5:25, 10:50]
    whole = moment()
    assert whole.frame is not None
    picture = Picture()
    qtbot.addWidget(picture)
    picture.resize(400, 200)
    picture.set_view(replace(whole, frame=replace(whole.frame, image=freeze(part)), detections=None), None, True)
    assert picture.grab().toImage().pixelColor(200, 100).getRgb() == (90, 90, 90, 255)


def test_the_place_of_what_is_missing_is_marked(qtbot: QtBot, moment: Callable[..., View], recipe: Recipe) -> None:
    """Where tape always lies there is none: the mark stands in its middle, and goes once it is seen there."""
    place = (20.0, 120.0, 80.0, 180.0)
    view = moment(Verdict.NOT_OK)
    nothing = replace(view, detections=Detections.none(recipe.labels))
    picture = Picture()
    qtbot.addWidget(picture)
    picture.resize(320, 200)
    middle = 50, 164
    picture.set_view(nothing, recipe, True)
    bare = picture.grab().toImage().pixelColor(*middle)
    picture.set_view(nothing, recipe, True, {"tape": (place,)})
    marked = picture.grab().toImage().pixelColor(*middle)
    assert marked == theme.TONES[Verdict.NOT_OK].fill != bare
    there = Detections(
        np.array([place], np.float32), np.array([0.9], np.float32), np.array([2], np.int32), recipe.labels
    )
    picture.set_view(replace(view, detections=there), recipe, True, {"tape": (place,)})
    assert picture.grab().toImage().pixelColor(*middle) != marked


def test_several_cameras_are_shown_beside_each_other(qtbot: QtBot, moment: Callable[..., View], recipe: Recipe) -> None:
    view = moment(Verdict.OK)
    dark = replace(view.frame, image=freeze(np.full((200, 320, 3), 40, np.uint8)))
    none = Detections.none(recipe.labels)
    aspects = {
        "top": Aspect(view.frame, none, none, view.findings),
        "side": Aspect(dark, none, none, view.findings),
    }
    picture = Picture()
    qtbot.addWidget(picture)
    picture.resize(640, 200)
    picture.set_view(replace(view, aspects=aspects), recipe, True)
    shown = picture.grab().toImage()
    assert shown.pixelColor(100, 60).red() == 200
    assert shown.pixelColor(480, 60).getRgb()[:3] == (40, 40, 40)
