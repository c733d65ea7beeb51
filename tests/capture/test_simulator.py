"""The simulated camera: the same text gives the same pictures, and the line brings each workpiece to rest once."""

import threading
from contextlib import suppress
from itertools import count as numbers
from itertools import groupby, islice, pairwise, takewhile

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.capture.camera import Camera, open_camera
from inspector.capture.scene.lightbox import HEIGHT, WIDTH
from inspector.capture.scene.story import FRAMES_PER_S
from inspector.capture.simulator import KEYS, SIMULATOR_RECIPE, Scene, Simulator, Truth, open_simulator, read_scene
from inspector.errors import InputError
from inspector.frame import Frame, Image

ON, OFF, TAPE = SIMULATOR_RECIPE.labels


class Clock:
    """Time that passes only when somebody waits, or when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def frames(source: str, most: int = 10_000) -> list[Frame]:
    camera = open_simulator(f"{source},pace=0")
    return list(islice(iter(camera.read, None), most))


def truths(source: str, most: int) -> list[Truth]:
    """The truth of each frame, up to `most`; drawing none."""
    camera = open_simulator(f"{source},pace=0")
    return [camera.truth(k) for k in range(most)]


def count(truth: Truth, label: object) -> int:
    return sum(found == label for found in truth.labels)


def at_rest(truth: Truth) -> bool:
    return not truth.moving and not truth.hand


# ---------------------------------------------------------------- as a camera


def test_it_is_a_camera() -> None:
    camera: Camera = open_camera("simulator:seed=4")
    assert isinstance(camera, Simulator)
    assert camera.name == "simulator:seed=4"
    assert (camera.live, camera.still) == (True, False)
    assert not open_simulator("simulator:pace=0").live


@pytest.mark.parametrize("source", ["simulator:line,seed=7,hand=1", "simulator:screw=mixed,tape=on,seed=3"])
def test_the_same_text_gives_the_same_pictures(source: str) -> None:
    first, second = frames(source, 45), frames(source, 45)
    for one, other in zip(first, second, strict=True):
        assert np.array_equal(one.image, other.image)
    assert [frame.number for frame in first] == list(range(45))


def test_another_seed_gives_other_pictures() -> None:
    one, other = (frames(f"simulator:seed={seed},frames=1")[0].image for seed in (1, 2))
    assert np.abs(one.astype(int) - other).mean() > 3


def test_a_frame_is_a_picture_that_nobody_may_draw_on() -> None:
    (frame,) = frames("simulator:seed=1,frames=1")
    assert frame.size == (WIDTH, HEIGHT) == SIMULATOR_RECIPE.frame_size
    assert frame.image.dtype == np.uint8
    assert not frame.image.flags.writeable
    assert frame.name == "simulator:seed=1,frames=1,pace=0"
    assert frame.taken_at.tzinfo is not None


def test_no_two_frames_are_identical_even_at_rest() -> None:
    # A station takes bit-identical pictures for a frozen camera.
    pictures = [frame.image for frame in frames("simulator:seed=1,frames=20")]
    assert not any(np.array_equal(one, other) for one, other in pairwise(pictures))


def test_it_ends_after_its_frames() -> None:
    camera = open_simulator("simulator:screw=on,frames=3,pace=0")
    assert [camera.read() is None for _ in range(5)] == [False, False, False, True, True]
    with pytest.raises(IndexError, match="no frame 3"):
        camera.truth(3)
    with pytest.raises(IndexError, match="no frame -1"):
        camera.truth(-1)


def test_it_ends_when_it_is_closed() -> None:
    camera = open_simulator("simulator:pace=0")
    assert camera.read() is not None
    camera.close()
    camera.close()
    assert camera.read() is None


def test_closing_ends_a_read_that_waits() -> None:
    # The second frame is due in 100 s of a clock that stands still.
    camera = Simulator(Scene(pace=0.01), clock=lambda: 5.0)
    assert camera.read() is not None
    closer = threading.Thread(target=camera.close)
    closer.start()
    assert camera.read() is None
    closer.join()


def test_frames_are_paced_by_the_clock() -> None:
    clock = Clock()
    camera = Simulator(Scene(), clock=clock, wait=clock.wait)
    times = [frame.time_s for frame in islice(iter(camera.read, None), 4)]
    assert times == pytest.approx([100 + k / 30 for k in range(4)])
    assert clock.waits == pytest.approx([1 / 30] * 3)


def test_whoever_reads_late_gets_no_burst() -> None:
    clock = Clock()
    camera = Simulator(Scene(pace=10), clock=clock, wait=clock.wait)
    camera.read()
    clock.now += 5.0
    times = [frame.time_s for frame in islice(iter(camera.read, None), 3)]
    assert times == pytest.approx([105.0, 105.0, 105.1])


def test_without_a_clock_time_follows_the_number() -> None:
    assert [frame.time_s for frame in frames("simulator:frames=4")] == pytest.approx([0, 1 / 30, 2 / 30, 3 / 30])


# ---------------------------------------------------------------- two cameras at one box


@pytest.mark.parametrize("scene", ["line,seed=4,hand=0", "screw=on,tape=on,seed=2,hand=0"])
def test_the_far_camera_sees_the_same_from_across_and_smaller(scene: str) -> None:
    near, far = (frames(f"simulator:{scene},view={view}", 40)[-1] for view in ("near", "far"))
    assert (near.size, far.size) == ((WIDTH, HEIGHT), (480, 360))
    turned = cv2.resize(cv2.rotate(np.asarray(near.image), cv2.ROTATE_180), far.size, interpolation=cv2.INTER_AREA)
    assert np.array_equal(turned, far.image)
    (plain,) = frames(f"simulator:{scene}", 40)[-1:]
    assert np.array_equal(plain.image, near.image)


def test_the_truth_of_the_far_camera_lies_where_it_sees_it() -> None:
    near, far = (
        open_simulator(f"simulator:screw=on,tape=on,seed=2,view={v},pace=0").truth(30) for v in ("near", "far")
    )
    assert near.labels == far.labels
    xmin, ymin, xmax, ymax = near.boxes[0].tolist()
    expected = [0.75 * (WIDTH - xmax), 0.75 * (HEIGHT - ymax), 0.75 * (WIDTH - xmin), 0.75 * (HEIGHT - ymin)]
    assert far.boxes[0].tolist() == pytest.approx(expected)


def test_live_cameras_at_one_box_show_the_same_moment_whenever_they_look() -> None:
    clock = Clock()
    near, far = (
        Simulator(read_scene(f"simulator:seed=4,pace=10,view={view}"), clock=clock, wait=clock.wait)
        for view in ("near", "far")
    )
    assert [read_number(near) for _ in range(3)] == [0, 1, 2]
    assert read_number(far) == 2
    clock.now += 5.0
    assert (read_number(far), read_number(near)) == (52, 52)
    assert (read_number(near), read_number(far)) == (53, 53)
    other = Simulator(read_scene("simulator:seed=5,pace=10,view=far"), clock=clock, wait=clock.wait)
    assert read_number(other) == 0


def test_a_box_that_nobody_looks_into_begins_anew() -> None:
    clock = Clock()
    for _ in range(2):
        camera = Simulator(read_scene("simulator:seed=4,pace=10,view=near"), clock=clock, wait=clock.wait)
        assert [read_number(camera) for _ in range(3)] == [0, 1, 2]
        camera.close()


def read_number(camera: Simulator) -> int:
    frame = camera.read()
    assert frame is not None
    return frame.number


# ---------------------------------------------------------------- the line


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["", ",hand=0", ",hand=1"]))
def test_each_workpiece_rests_once(seed: int, hand: str) -> None:
    scene = read_scene(f"simulator:line,workpieces=9,seed={seed}{hand}").story()
    moments = list(takewhile(lambda moment: moment is not None, (scene.moment(k) for k in numbers())))
    rests = [
        (stay.workpiece, len(list(run)))
        for (rest, stay), run in groupby(moments, lambda m: (not m.moving and not m.hand, m.stay))
        if rest
    ]
    assert [workpiece for workpiece, _ in rests] == list(range(9))
    assert all(0.7 * FRAMES_PER_S <= length <= FRAMES_PER_S for _, length in rests)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6))
def test_good_is_what_the_recipe_wants(seed: int) -> None:
    seen = [truth for truth in truths(f"simulator:line,workpieces=8,seed={seed}", 8 * 23) if at_rest(truth)]
    for truth in seen:
        assert count(truth, ON) + count(truth, OFF) == 4
        assert truth.good == (count(truth, ON) == 4 and count(truth, TAPE) == 1)
        assert len(truth.boxes) == len(truth.labels)


def test_the_line_brings_every_kind_of_fault() -> None:
    story = read_scene("simulator:line,workpieces=200,seed=1").story()
    stays = {m.stay for m in takewhile(lambda m: m is not None, (story.moment(k) for k in numbers()))}
    assert len(stays) == 200
    assert sum(stay.good for stay in stays) == pytest.approx(100, abs=25)
    bad = [(stay.piece.screws.count(False), len(stay.strips)) for stay in stays if not stay.good]
    assert {missing for missing, _ in bad} == {0, 1, 2, 3, 4}
    assert {strips for _, strips in bad} == {0, 1, 2}


@pytest.mark.parametrize(("good", "expected"), [(0, set()), (1, {True})])
def test_the_share_of_good_workpieces(good: int, expected: set[bool]) -> None:
    story = read_scene(f"simulator:workpieces=20,good={good}").story()
    found = {m.stay.good for m in takewhile(lambda m: m is not None, (story.moment(k) for k in numbers()))}
    assert found == (expected or {False})


def test_something_is_in_the_box_whenever_nothing_moves() -> None:
    for truth in truths("simulator:line,seed=5", 400):
        assert truth.moving or len(truth.boxes) >= 4


def test_a_rest_shows_one_workpiece_only() -> None:
    story = read_scene("simulator:line,seed=5").story()
    for moment in (story.moment(k) for k in range(300)):
        assert moment is not None
        assert len(moment.lay.pieces) == (2 if moment.moving else 1)


def test_a_resting_picture_changes_little_and_a_moving_one_much() -> None:
    shots = frames("simulator:line,seed=3,hand=0", 90)
    camera = open_simulator("simulator:line,seed=3,hand=0,pace=0")
    still, moved = [], []
    for one, other in pairwise(shots):
        difference = float(np.abs(one.image.astype(int) - other.image).mean())
        both = camera.truth(one.number), camera.truth(other.number)
        if not any(truth.moving for truth in both):
            still.append(difference)
        elif all(truth.moving for truth in both):
            moved.append(difference)
    assert max(still) < min(moved)


# ---------------------------------------------------------------- recordings


@pytest.mark.parametrize(("screw", "tape"), [("on", "off"), ("off", "on"), ("on", "on")])
def test_a_recording_shows_what_was_asked_for(screw: str, tape: str) -> None:
    wanted, unwanted = (ON, OFF) if screw == "on" else (OFF, ON)
    rested = [t for t in truths(f"simulator:screw={screw},tape={tape},seed=2", 300) if at_rest(t)]
    assert len(rested) > 100
    assert {count(truth, wanted) for truth in rested} == {4}
    assert {count(truth, unwanted) for truth in rested} == {0}
    assert {count(truth, TAPE) for truth in rested} == {int(tape == "on")}


def test_a_mixed_recording_shows_both() -> None:
    rested = [t for t in truths("simulator:screw=mixed,tape=mixed,seed=2", 600) if at_rest(t)]
    assert len({count(truth, ON) for truth in rested}) >= 3
    assert {count(truth, TAPE) for truth in rested} == {0, 1}


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**6))
def test_ten_seconds_show_about_ten_poses(seed: int) -> None:
    story = read_scene(f"simulator:screw=on,tape=on,seed={seed}").story()
    stays = {moment.stay for moment in map(story.moment, range(10 * FRAMES_PER_S)) if moment and not moment.moving}
    assert 7 <= len(stays) <= 13
    assert len({stay.pose for stay in stays}) == len({stay.strips for stay in stays}) == len(stays)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_strips_lie_clear_of_screws_and_inside_the_picture(seed: int) -> None:
    for truth in filter(at_rest, truths(f"simulator:line,workpieces=6,seed={seed}", 6 * 23)):
        for box, label in zip(truth.boxes, truth.labels, strict=True):
            assert (box[:2] >= 0).all()
            assert (box[2:] <= (WIDTH, HEIGHT)).all()
            if label == TAPE:
                assert max(box[2] - box[0], box[3] - box[1]) > 70


@pytest.mark.parametrize(("hand", "least", "most"), [(0, 0, 0), (1, 60, 240)])
def test_hands_come_as_asked(hand: int, least: int, most: int) -> None:
    shown = sum(truth.hand for truth in truths(f"simulator:screw=on,seed=1,hand={hand}", 300))
    assert least <= shown <= most


def test_a_hand_is_seen_where_the_truth_says_so() -> None:
    source = "simulator:screw=on,tape=off,seed=1,hand=1,pace=0"
    camera = open_simulator(source)
    seen = [is_skin(frame.image) for frame in islice(iter(camera.read, None), 60)]
    said = [camera.truth(k).hand for k in range(60)]
    assert sum(seen) > 10
    assert all(there for there, shown in zip(said, seen, strict=True) if shown)


def is_skin(image: Image) -> bool:
    """Whether much of it is far redder than blue, as nothing in the box but a hand is without tape."""
    return bool((cv2.subtract(image[..., 2], image[..., 0]) > 50).mean() > 0.02)


# ---------------------------------------------------------------- the text of a scene


def test_texts_of_scenes() -> None:
    assert read_scene("simulator") == read_scene("simulator:") == Scene()
    assert read_scene("simulator:line, seed=7, workpieces=60") == Scene(seed=7, workpieces=60)
    wanted = Scene(line=False, screw=True, tape=False, seed=3, frames=120, hand=0, pace=0)
    assert read_scene("simulator:screw=on,tape=off,seed=3,frames=120,hand=0,pace=0") == wanted
    assert read_scene("simulator:tape=mixed").screw is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sede=3", "no 'sede'. Did you mean 'seed'?"),
        ("screw=onn", "'screw' should be on, off or mixed, not 'onn'"),
        ("seed=-1", "'seed' should be a whole number from 0, not '-1'"),
        ("seed=1.5", "'seed' should be a whole number"),
        ("seed", "'seed' should be a whole number from 0, not ''"),
        ("frames=0", "'frames' should be"),
        ("good=2", "'good' should be"),
        ("good=nan", "'good' should be"),
        ("pace=inf", "'pace' should be"),
        ("hand=2", "'hand' should be 0 for never or 1 for always"),
        ("line=1", "'line' should be written without a value"),
        ("seed=1,seed=2", "'seed' is given twice"),
        ("line,tape=on", "'tape' belongs to a recording, and this is a line"),
        ("screw=on,good=1", "'good' belongs to a line, and this is a recording"),
    ],
)
def test_a_wrong_text_is_told(text: str, told: str) -> None:
    with pytest.raises(InputError, match=r"^The simulator cannot play") as caught:
        open_simulator(f"simulator:{text}")
    assert told in str(caught.value)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        read_scene("simulator:sede=3,screw=maybe,good=1")
    assert all(word in str(caught.value) for word in ("'sede'", "'maybe'", "'good' belongs"))


@given(st.text(max_size=30) | st.lists(st.sampled_from([*KEYS, "=", ",", "on", "0", "-"])).map("".join))
def test_any_text_is_a_scene_or_told(text: str) -> None:
    with suppress(InputError):
        assert read_scene(f"simulator:{text}").pace >= 0
