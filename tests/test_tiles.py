"""Frames as overlapping tiles: where they lie, what they show of a box, and when they are worth it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from inspector.boxes import as_boxes
from inspector.errors import InputError
from inspector.tiles import Tiling, cut, name_of, plan, read_wish, regions

HD = (1920, 1080)


def shapes(*sizes: tuple[float, float]) -> dict[str, np.ndarray]:
    """Of one component."""
    return {"car": np.array(sizes, np.float32).reshape(-1, 2)}


def test_tiles_are_spread_evenly_and_the_last_is_flush() -> None:
    tiles = Tiling(size=(40, 60), overlap=(10, 10)).tiles((100, 60))
    assert tiles.tolist() == [[0, 0, 40, 60], [30, 0, 70, 60], [60, 0, 100, 60]]
    tiles = Tiling(size=(40, 40), overlap=(10, 10)).tiles((90, 50))
    # Two steps of 25 where 30 would do: what must be shared beyond the overlap is shared evenly.
    assert tiles[:3].tolist() == [[0, 0, 40, 40], [25, 0, 65, 40], [50, 0, 90, 40]]
    assert tiles[3:].tolist() == [[0, 10, 40, 50], [25, 10, 65, 50], [50, 10, 90, 50]]
    assert tiles.dtype == np.int32


@pytest.mark.parametrize("frame_size", [(30, 30), (40, 40), (1, 1), (40, 7)])
def test_a_frame_no_larger_than_a_tile_is_one_tile(frame_size: tuple[int, int]) -> None:
    assert Tiling(size=(40, 40), overlap=(10, 10)).tiles(frame_size).tolist() == [[0, 0, *frame_size]]


def test_frames_of_different_sizes_are_cut_by_one_tiling() -> None:
    tiling = Tiling(size=(40, 40), overlap=(10, 10))
    assert len(tiling.tiles((100, 40))) == 3
    assert tiling.tiles((100, 20))[0].tolist() == [0, 0, 40, 20]


SIDES = st.integers(1, 300)


@given(frame=st.tuples(SIDES, SIDES), size=st.tuples(SIDES, SIDES), share=st.floats(0, 0.75), data=st.data())
def test_a_box_up_to_the_overlap_lies_whole_in_a_tile(
    frame: tuple[int, int], size: tuple[int, int], share: float, data: st.DataObject
) -> None:
    tiling = Tiling(size=size, overlap=(int(share * size[0]), int(share * size[1])))
    tiles = tiling.tiles(frame)
    assert (tiles[:, :2].min(axis=0) == 0).all()
    assert tiles[:, 2:].max(axis=0).tolist() == list(frame)
    sides = [min(shared, length) for shared, length in zip(tiling.overlap, frame, strict=True)]
    corner = [data.draw(st.floats(0, length - side)) for length, side in zip(frame, sides, strict=True)]
    box = np.array([*corner, *(a + b for a, b in zip(corner, sides, strict=True))])
    whole = (tiles[:, :2] <= box[:2] + 1e-9) & (tiles[:, 2:] >= box[2:] - 1e-9)
    assert whole.all(axis=1).any()


@given(frame=st.tuples(SIDES, SIDES), size=st.tuples(SIDES, SIDES), share=st.floats(0, 0.75))
def test_every_pixel_lies_in_a_tile_and_none_outside(
    frame: tuple[int, int], size: tuple[int, int], share: float
) -> None:
    covered = np.zeros((frame[1], frame[0]), int)
    for xmin, ymin, xmax, ymax in Tiling(size=size, overlap=(int(share * size[0]), 0)).tiles(frame):
        assert (xmax - xmin, ymax - ymin) == (min(size[0], frame[0]), min(size[1], frame[1]))
        covered[ymin:ymax, xmin:xmax] += 1
    assert covered.min() > 0


def test_an_overlap_as_large_as_a_tile_is_refused() -> None:
    with pytest.raises(ValidationError, match="overlap by at most 75% of their side, these of 40x40 overlap by 40x10"):
        Tiling(size=(40, 40), overlap=(40, 10))
    with pytest.raises(ValidationError, match="these of 0x40"):
        Tiling(size=(0, 40), overlap=(0, 0))


def test_what_a_tile_shows_of_a_box() -> None:
    boxes = as_boxes([[10, 10, 20, 20], [35, 10, 45, 20], [36, 10, 46, 20], [60, 0, 70, 10]])
    inner, share = cut(boxes, (0, 5, 40, 45))
    assert inner[:3].tolist() == [[10, 5, 20, 15], [35, 5, 40, 15], [36, 5, 40, 15]]
    assert share.tolist() == pytest.approx([1, 0.5, 0.4, 0])
    assert inner.dtype == share.dtype == np.float32


def test_a_name_says_size_and_place() -> None:
    assert name_of("r/7.png", HD, (1280, 440, 1920, 1080)) == "r/7.png@640x640+1280+440"
    assert name_of("r/7.png", HD, (0, 0, *HD)) == "r/7.png"


def test_what_the_network_sees_of_a_frame() -> None:
    assert regions(None, HD).tolist() == [[0, 0, *HD]]
    assert len(regions(Tiling(size=(800, 800), overlap=(44, 44)), HD)) == 6


@pytest.mark.parametrize(("text", "wish"), [("auto", "auto"), ("off", "off"), ("640x480", (640, 480))])
def test_a_wish_is_read(text: str, wish: object) -> None:
    assert read_wish(text) == wish


@pytest.mark.parametrize("text", ["", "on", "640", "640x", "-640x640", "0x0", "640X640", "9" * 9 + "x640"])
def test_another_wish_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="Tiles are 'auto', 'off', or a size in pixels such as 640x640"):
        read_wish(text)


def test_small_things_in_a_large_frame_are_taught_in_tiles() -> None:
    # 40 pixels in 1920 become 6.7 in an input of 320; tiles of 800 make them 16.
    tiling = plan("auto", [HD], shapes(*[(40, 40)] * 20), (320, 192))
    assert tiling == Tiling(size=(800, 800), overlap=(44, 44))
    assert len(tiling.tiles(HD)) == 6
    # A lorry of 450 makes them larger: at least half of each tile is new.
    assert plan("auto", [HD], shapes(*[(40, 40)] * 20, (450, 100)), (320, 192)) == Tiling(
        size=(990, 990), overlap=(495, 110)
    )


@pytest.mark.parametrize(
    ("frame", "sizes"),
    [
        (HD, [(64, 64)]),  # 10.7 pixels of the input
        ((640, 480), [(24, 24)]),  # 12
        ((400, 300), [(12, 12)]),  # 9.6, but no tile makes it much larger than the camera saw it
        (HD, [(40, 40)] * 20 + [(900, 100)]),  # so large a thing leaves no room for a seam
    ],
)
def test_others_are_taught_whole(frame: tuple[int, int], sizes: list[tuple[int, int]]) -> None:
    assert plan("auto", [frame], shapes(*sizes), (320, 320)) is None


def test_one_slip_of_the_mouse_does_not_decide() -> None:
    assert plan("auto", [HD], shapes(*[(90, 90)] * 20, (3, 3)), (320, 192)) is None
    # But the few things of one component count beside the many of another.
    both = {"lid": np.full((99, 2), 300, np.float32), "pin": np.full((5, 2), 30, np.float32)}
    assert plan("auto", [HD], both, (320, 192)) == Tiling(size=(660, 660), overlap=(330, 330))


def test_tiles_that_were_asked_for() -> None:
    assert plan((640, 480), [HD], shapes((60, 40)), (320, 192)) == Tiling(size=(640, 480), overlap=(66, 44))
    assert plan("off", [HD], shapes((10, 10)), (320, 192)) is None
    # As large as the frame in one direction: not cut there, so nothing is too large there.
    strip = plan((4000, 300), [HD], shapes((1900, 20)), (320, 192))
    assert strip == Tiling(size=(1920, 300), overlap=(1440, 22))
    assert len(strip.tiles(HD)) == 4


def test_tiles_larger_than_the_frame_are_the_whole_frame() -> None:
    assert plan((2000, 2000), [HD, (640, 480)], shapes((60, 40)), (320, 192)) is None


def test_a_component_larger_than_a_tile_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        plan((320, 320), [HD], {"pin": shapes((9, 9))["car"], "lid": shapes((250, 40))["car"]}, (320, 192))
    assert str(caught.value) == (
        "Tiles of 320x320 pixels are too small: 'lid' is up to 250x40 pixels, and has to fit whole into what two tiles "
        "share. Ask for tiles of 367x59 or more, or for --tiles auto."
    )
