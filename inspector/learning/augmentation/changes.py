"""What is done to the pictures of a batch, drawn before anybody looks at what is in them.

Empty and full pictures are changed alike: were only full ones zoomed, or did only full ones show a seam, that alone
would tell the class. What is drawn are small arrays; the device does the work (see `augment.py`).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from inspector.files import Section
from inspector.learning.augmentation.light import BANK
from inspector.learning.augmentation.places import draw_places
from inspector.learning.augmentation.slots import SLOTS

Changes = dict[str, NDArray[Any]]
"""What is done to B pictures, each array in step with them; a kind of change that is switched off has no key.

partner `(B,)` int32, place `(B, 4)` and seam `(B,)`: see `draw_places`. affine `(B, 2, 3)`: from input to input in the
coordinates of boxes, where the first pixel's centre lies at a half. patches `(B, 2, 4)` xyxy in pixels, and their
colours `(B, 2, 3)`. gamma `(B,)`, gain `(B, 3)`, offset `(B,)`, shades `(B, 2, 2, 3)` and depths `(B, 2)`: see
`light.light`. blur `(B, 2)`: standard deviation down and across in pixels. noise `(B,)`: standard deviation in grey
values; rows `(B, 2)` int32: where in the bank of noise it starts, and how it strides. quality `(B,)`: of JPEG, 100 for
none. What is not int32 is float32.
"""

TURNED = 3.0
"""How much further than an upright component one is turned that may lie at any quarter turn."""


class Augmentation(Section):
    """How far pictures are changed; 0 switches a kind off.

    shift: the most, as a share of the input's size. scale: the most, as a share. rotation: the most, in degrees.
    turns: mirror, and turn by quarters, what may lie so. exposure, white_balance, contrast: the most by which values
    are multiplied, less one. brightness: the most that is added, as a share of white. gamma: the most, of its
    logarithm. shadows: the deepest, of the logarithm of light; highlights are weaker. noise: the largest standard
    deviation in grey values. blur: the same in pixels. jpeg: the worst quality is 100 less this. patches: the longest
    side, as a share of the input's shorter one. grafts: the share of pictures that exchange a place with another.
    """

    shift: float = Field(default=0.1, ge=0, le=0.5)
    scale: float = Field(default=0.2, ge=0, le=1)
    rotation: float = Field(default=5.0, ge=0, le=15)
    turns: bool = True
    exposure: float = Field(default=0.25, ge=0, le=0.8)
    white_balance: float = Field(default=0.08, ge=0, le=0.5)
    contrast: float = Field(default=0.2, ge=0, le=0.8)
    brightness: float = Field(default=0.08, ge=0, le=0.5)
    gamma: float = Field(default=0.3, ge=0, le=1)
    shadows: float = Field(default=0.5, ge=0, le=2)
    noise: float = Field(default=8.0, ge=0, le=64)
    blur: float = Field(default=1.2, ge=0, le=4)
    jpeg: int = Field(default=60, ge=0, le=95)
    patches: float = Field(default=0.2, ge=0, le=0.5)
    grafts: float = Field(default=0.25, ge=0, le=0.5)

    @classmethod
    def none(cls) -> "Augmentation":
        """Nothing is changed."""
        return cls(turns=False, **dict.fromkeys(cls.model_fields.keys() - {"turns"}, 0))

    @property
    def lights(self) -> bool:
        """Whether anything is done to the light."""
        kinds = (self.exposure, self.white_balance, self.contrast, self.brightness, self.gamma, self.shadows)
        return any(kinds)


def draw(
    rng: np.random.Generator,
    truth: dict[str, Any],
    turns: NDArray[np.bool_],
    input_size: tuple[int, int],
    settings: Augmentation,
) -> Changes:
    """What to do to the pictures of one batch; where a batch is shared out over devices, to one share of it.

    Each kind has a stream of chance of its own, so that switching one off leaves the others as they were. The truth
    only says between which pictures places may be exchanged, and where there is something to exchange.

    Args: truth: as the batch has it before any change; turns `(B,)`: which pictures may also be mirrored and turned
    by quarters; input_size (width, height).
    """
    places, geometry, patches, light, blur, noise, jpeg = rng.spawn(7)
    size, count = np.array(input_size, float), len(turns)
    changes: Changes = {}
    if settings.grafts:
        changes |= draw_places(places, truth, input_size, settings.grafts)
    if settings.shift or settings.scale or settings.rotation or settings.turns:
        changes["affine"] = draw_affine(geometry, turns & settings.turns, size, settings)
    if settings.patches:
        changes |= _draw_patches(patches, count, size, settings.patches)
    if settings.lights:
        changes |= _draw_light(light, count, settings) | _draw_shades(light, count, settings.shadows)
    if settings.blur:
        changes["blur"] = _in_some(blur, blur.uniform(min(0.3, settings.blur), settings.blur, (count, 2)), 0)
    if settings.noise:
        changes |= _draw_noise(noise, count, settings.noise)
    if settings.jpeg:
        changes["quality"] = _in_some(jpeg, jpeg.integers(100 - settings.jpeg, 96, count), 100)
    return changes


def draw_affine(
    rng: np.random.Generator, turns: NDArray[np.bool_], size: NDArray[np.float64], settings: Augmentation
) -> NDArray[np.float32]:
    """Maps `(B, 2, 3)` round the middle of the input."""
    count = len(turns)
    angle = np.deg2rad(rng.uniform(-1, 1, count) * settings.rotation * np.where(turns, TURNED, 1))
    quarters = np.where(turns, rng.integers(4, size=count), 0)
    mirror = np.where(turns & (rng.random(count) < 0.5), -1.0, 1.0)
    scale = (1 + settings.scale) ** rng.uniform(-1, 1, count)
    # Half way between losing the ends of what is turned and losing detail.
    scale *= np.where(quarters % 2, (size.min() / size.max()) ** 0.5, 1)
    angle += quarters * np.pi / 2
    across, down = scale * np.cos(angle), scale * np.sin(angle)
    linear = np.stack([np.stack([across * mirror, -down], 1), np.stack([down * mirror, across], 1)], 1)
    shift = rng.uniform(-1, 1, (count, 2)) * settings.shift * size
    return np.concatenate([linear, (size / 2 - linear @ (size / 2) + shift)[..., None]], axis=2).astype(np.float32)


def _draw_light(rng: np.random.Generator, count: int, settings: Augmentation) -> Changes:
    """Exposure, white balance, contrast and brightness in one product and one sum, and gamma."""

    def near_one(most: float, *shape: int) -> NDArray[np.float64]:
        return rng.uniform(1 - most, 1 + most, (count, *shape))

    contrast = near_one(settings.contrast)
    gain = near_one(settings.exposure)[:, None] * near_one(settings.white_balance, 3) * contrast[:, None]
    brightness = rng.uniform(-settings.brightness, settings.brightness, count)
    return {
        "gamma": np.exp(rng.uniform(-settings.gamma, settings.gamma, count)).astype(np.float32),
        "gain": gain.astype(np.float32),
        "offset": (255 * (0.5 * (1 - contrast) + brightness)).astype(np.float32),
    }


def _draw_shades(rng: np.random.Generator, count: int, deepest: float) -> Changes:
    """Two spots a picture, each there or not: long ones are as an arm's shadow, broad ones as a lamp moved."""
    angle = rng.uniform(0, np.pi, (count, 2))
    sharpness = 1 / np.exp(rng.uniform(np.log(0.08), np.log(0.6), (count, 2, 2, 1)))
    turn = np.stack([np.stack([np.cos(angle), np.sin(angle)], -1), np.stack([-np.sin(angle), np.cos(angle)], -1)], -2)
    middle = rng.uniform(0, 1, (count, 2, 2, 1))
    depths = deepest * rng.uniform(-1, 0.6, (count, 2)) * (rng.random((count, 2)) < 0.3)
    shades = sharpness * np.concatenate([turn, -turn @ middle], axis=-1)
    return {"shades": shades.astype(np.float32), "depths": depths.astype(np.float32)}


def _draw_patches(rng: np.random.Generator, count: int, size: NDArray[np.float64], longest: float) -> Changes:
    """One patch or two in some pictures; elsewhere they have no area."""
    corner = rng.uniform(-0.05, 1.0, (count, 2, 2)) * size
    far = corner + rng.uniform(min(0.04, longest), longest, (count, 2, 2)) * size.min()
    patches = np.concatenate([corner, far], axis=2)
    patches[rng.random(count) < 0.5, 1] = 0
    colours = rng.integers(0, 256, (count, 2, 3))
    return {"patches": _in_some(rng, patches, 0), "colours": colours.astype(np.float32)}


def _draw_noise(rng: np.random.Generator, count: int, strongest: float) -> Changes:
    sigma = rng.uniform(min(1.0, strongest), strongest, count) * (rng.random(count) < 0.4)
    return {"noise": sigma.astype(np.float32), "rows": rng.integers(1, BANK, (count, 2)).astype(np.int32)}


def _in_some(rng: np.random.Generator, values: NDArray[Any], elsewhere: float) -> NDArray[np.float32]:
    """The values in a quarter of the pictures, `elsewhere` in the others; never in more than the device has slots."""
    count = len(values)
    chosen = rng.permutation(count)[: int(count / SLOTS + rng.random())]
    result = np.full(values.shape, elsewhere, np.float32)
    result[chosen] = values[chosen]
    return result
