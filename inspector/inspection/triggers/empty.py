"""The place of a workpiece with none in it: a picture beside the recipes."""

from pathlib import Path

import cv2

from inspector.capture.pictures import read_picture
from inspector.errors import InputError
from inspector.files import written_whole
from inspector.frame import Frame, Image
from inspector.recipe import Recipe


def empty_place(places: Path, recipe: Recipe) -> Image | None:
    """The picture of the recipe's empty place; None where nobody took one.

    Raises: InputError where it cannot be read, or is of another size than the recipe's pictures.
    """
    path = _path(places, recipe)
    if not path.exists():
        return None
    image = read_picture(path)
    size = image.shape[1], image.shape[0]
    if recipe.views[recipe.first_view] not in (None, size):
        raise InputError(
            f"{path} is a picture of {size[0]}x{size[1]}, and the recipe '{recipe.name}' is for others. Take it again."
        )
    return image


def keep_empty_place(places: Path, recipe: Recipe, frame: Frame) -> Path:
    """Keep the frame as the picture of the recipe's empty place. Raises: MachineError where it cannot be written."""
    path = _path(places, recipe)
    _, png = cv2.imencode(".png", frame.image)
    with written_whole(path) as file:
        file.write(png.tobytes())
    return path


def _path(places: Path, recipe: Recipe) -> Path:
    return places / f"{recipe.name}.png"
