"""Which source each camera of a recipe is."""

from collections.abc import Sequence

from inspector.errors import InputError
from inspector.recipe import Recipe
from inspector.settings import Settings, pick


def sources_of(recipe: Recipe, settings: Settings, said: Sequence[str] = ()) -> str | dict[str, str]:
    """The source of a recipe's camera, or that of each by its name where it has several: as said, else the settings'.

    Args: said, a source, or CAMERA=SOURCE for each of several that should be another one than the settings'.
    Raises: InputError where that names no camera of the recipe, or none says what one of them is.
    """
    if not recipe.cameras:
        if len(said) > 1:
            raise InputError(f"The recipe '{recipe.name}' has one camera: name one source, not {len(said)}.")
        return said[0] if said else settings.source
    told = dict(_named(recipe, text) for text in said)
    return {camera: told[camera] if camera in told else _known(camera, settings) for camera in recipe.views}


def source_for(recipe: Recipe, components: Sequence[str], settings: Settings) -> str:
    """The settings' source of the camera that sees a component, the first of those named. Raises: InputError."""
    return source_of(recipe.component(components[0]).camera, settings)


def source_of(camera: str, settings: Settings) -> str:
    """The settings' source of one of several cameras, "" being the only one of a recipe. Raises: InputError."""
    return _known(camera, settings) if camera else settings.source


def _named(recipe: Recipe, text: str) -> tuple[str, str]:
    camera, sign, source = text.partition("=")
    if not sign:
        cameras = ", ".join(recipe.views)
        raise InputError(f"The recipe '{recipe.name}' is of the cameras {cameras}: say CAMERA=SOURCE, not '{text}'.")
    return pick(camera, list(recipe.views), f"camera in recipe '{recipe.name}'"), source


def _known(camera: str, settings: Settings) -> str:
    if camera not in settings.cameras:
        raise InputError(
            f"Nothing says which source the camera '{camera}' is. Write it into settings.yaml, as in "
            f"'cameras: {{{camera}: usb:1}}', or name it with --source."
        )
    return settings.cameras[camera]
