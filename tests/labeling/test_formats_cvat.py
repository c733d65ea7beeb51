"""CVAT's XML alone: tracks over the frames of a video, pictures by name, and what is refused."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.errors import Problem
from inspector.labeling.formats import cvat
from inspector.labeling.formats.entry import Entry, Picture
from tests.labeling.test_formats_files import BOX, LABELS, faults, pictures, written

META = """<meta><task><size>5</size><start_frame>{first}</start_frame><stop_frame>{last}</stop_frame>
<frame_filter>{step}</frame_filter><original_size><width>100</width><height>80</height></original_size></task></meta>"""


def video(*tracks: str, first: object = 0, last: object = 8, step: str = "") -> str:
    meta = META.format(first=first, last=last, step=step)
    return f"<annotations><version>1.1</version>{meta}{''.join(tracks)}</annotations>"


def track(*boxes: str, label: str = "tape") -> str:
    return f'<track id="0" label="{label}">{"".join(boxes)}</track>'


def box(frame: object, left: float, outside: int = 0, more: str = "") -> str:
    corners = f'xtl="{left}" ytl="10" xbr="{left + 10}" ybr="20"'
    return f'\n<box frame="{frame}" outside="{outside}" occluded="0" keyframe="1" {corners} {more}/>'


def read(folder: Path, text: str, known: range = range(9)) -> dict[str, list[tuple[float, ...]]]:
    """The boxes of each entry, by its stem; known: the numbers of the frames that are extracted."""
    (folder / "a.xml").write_text(text)
    stems = {f"{number:06d}" for number in known}
    items = list(cvat.read(folder, lambda stem: (100, 80) if stem in stems else None))
    assert not [item for item in items if isinstance(item, Problem)]
    return {item.stem: [mark.xyxy for mark in item.boxes] for item in items if isinstance(item, Entry)}


def at(left: float) -> tuple[float, ...]:
    return (left, 10, left + 10, 20)


def test_a_track_moves_evenly_between_two_stops_and_is_gone_once_it_is_outside(tmp_path: Path) -> None:
    found = read(tmp_path, video(track(box(1, 10), box(3, 20), box(5, 40, outside=1), box(7, 60))))
    assert found == {
        "000000": [],
        "000001": [at(10)],
        "000002": [at(15)],
        "000003": [at(20)],
        "000004": [at(20)],  # it is seen until it is said to be outside, wherever it was then
        "000005": [],
        "000006": [],
        "000007": [at(60)],
        "000008": [at(60)],  # and nobody says that it went
    }


def test_frames_that_are_not_extracted_are_passed_over(tmp_path: Path) -> None:
    found = read(tmp_path, video(track(box(1, 10), box(3, 20), box(4, 20, outside=1))), range(2, 6, 3))
    assert found == {"000002": [at(15)], "000005": []}


def test_of_another_video_those_with_boxes_are_told(tmp_path: Path) -> None:
    assert list(read(tmp_path, video(track(box(1, 10), box(2, 20))), range(0))) == ["000001", "000002"]


def test_only_frames_that_were_looked_at_count_as_without_boxes(tmp_path: Path) -> None:
    found = read(tmp_path, video(track(box(4, 10), box(5, 10, outside=1)), first=2, last=8, step="step=2"))
    assert found == {"000002": [], "000004": [at(10)], "000006": [], "000008": []}


def test_without_a_word_on_the_frames_only_those_with_boxes_are_known(tmp_path: Path) -> None:
    assert read(tmp_path, f"<annotations>{track(box(4, 10))}</annotations>") == {"000004": [at(10)]}


def test_pictures_go_by_their_names(tmp_path: Path) -> None:
    cvat.write(tmp_path, [Picture("a.png", (100, 80), (("tape", BOX),)), Picture("b.png", (100, 80))], LABELS)
    text = (tmp_path / "annotations.xml").read_text()
    assert '<image id="1" name="b.png" width="100" height="80"' in text
    assert 'xtl="5" ytl="6" xbr="15" ybr="26"' in text
    entries = [item for item in cvat.read(tmp_path, lambda stem: None) if isinstance(item, Entry)]
    assert [(entry.stem, [mark.xyxy for mark in entry.boxes]) for entry in entries] == [("a", [BOX]), ("b", [])]


def test_boxes_that_lie_near_each_other_are_one_track_which_is_outside_where_nobody_looked(tmp_path: Path) -> None:
    def shown(number: int, *lefts: float) -> Picture:
        boxes = tuple(("tape", (left, 10.0, left + 10.0, 20.0)) for left in lefts)
        return Picture(f"{number:06d}.png", (100, 80), boxes)

    cvat.write(tmp_path, [shown(1, 10, 60), shown(2, 12), shown(5, 14, 61)], LABELS)
    lines = [line.split() for line in (tmp_path / "annotations.xml").read_text().splitlines()]
    told = ["track" if line[0] == "<track" else " ".join(line[1:3]) for line in lines if line[0] in ("<track", "<box")]
    seen, gone = 'outside="0"', 'outside="1"'
    # The second tape is not there in frame 2; 3 and 4 were not looked at, and the last frame ends all.
    ended = ["track", f'frame="1" {seen}', f'frame="2" {gone}']
    moved = ["track", f'frame="1" {seen}', f'frame="2" {seen}', f'frame="3" {gone}', f'frame="5" {seen}']
    assert told == [*ended, *moved, "track", f'frame="5" {seen}']
    assert "<stop_frame>5</stop_frame>" in (tmp_path / "annotations.xml").read_text()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_frames_of_a_video_come_in_as_they_went_out(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    numbers = data.draw(st.lists(st.integers(0, 30), min_size=1, max_size=6, unique=True))
    first = data.draw(pictures("x.png"))
    wanted = [
        Picture(f"{number:06d}.png", first.size, data.draw(st.just(first.boxes) | st.just(first.boxes[:1])))
        for number in numbers
    ]
    came = {entry.stem: entry for entry in written(cvat, tmp_path_factory.mktemp("out"), wanted)}
    assert set(came) == {picture.stem for picture in wanted}
    for picture in wanted:
        found = [(mark.label, tuple(round(v, 3) for v in mark.xyxy)) for mark in came[picture.stem].boxes]
        assert sorted(found) == sorted(picture.boxes)


def test_numbered_pictures_of_several_sizes_are_no_video(tmp_path: Path) -> None:
    wanted = [Picture("000001.png", (100, 80)), Picture("000002.png", (50, 40), (("tape", BOX),))]
    assert {entry.stem: entry.size for entry in written(cvat, tmp_path, wanted)} == {
        "000001": (100, 80),
        "000002": (50, 40),
    }


POLYGON = '<polygon frame="1" points="1,2;3,4"/>'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<annotations>", "not valid XML"),
        ("<annotation/>", "starts with <annotation>, not <annotations>"),
        ('<?xml version="1.0" encoding="nonsense"?><annotations/>', "not valid XML"),
        (video('<track task_id="1" label="x"/>', '<track task_id="2" label="x"/>'), "the tracks of several videos"),
        (video(track(POLYGON)), "a polygon is no box"),
        (video(track(box(1, 10, more='rotation="15"'))), "a box turned by 15 degrees cannot be taken over"),
        (video(track(box("x", 10))), "a whole number, later than the one before, got 'x'"),
        (video(track(box(3, 10), box(3, 10))), "later than the one before, got '3'"),
        (video(track(box(10**12, 10))), "got '1000000000000'"),
        (video(track(box("9" * 5000, 10))), "got '99999"),
        (video(track(box(1, 10).replace('xtl="10"', ""))), "xtl should be a number, got ''"),
        (video(track(box(1, 10)), last=10**12), "frames from '0' to '1000000000000', each '1' of them, cannot be"),
        (video(track(box(1, 10)), step="step=0"), "each '0' of them, cannot be"),
        ('<annotations><image name="../a.png" width="9" height="9"/></annotations>', "leaves the folder"),
        ('<annotations><image name="a.png" width="9"/></annotations>', "whole numbers, got '9' and 'None'"),
        (f'<annotations><image name="a.png" width="9" height="9">{POLYGON}</image></annotations>', "no box"),
    ],
)
def test_a_bad_file_is_told(text: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(text)
    assert fault in faults(cvat, tmp_path)[0]


@pytest.mark.parametrize("name", ["box", "track"])
def test_what_only_its_capitals_tell_from_a_box_is_not_passed_over(name: str, tmp_path: Path) -> None:
    text = video(track(box(1, 10), box(3, 20)))
    for sign in "</":
        text = text.replace(f"{sign}{name}", f"{sign}{name.title()}")
    path = tmp_path / "a.xml"
    path.write_text(text)
    assert f"<{name.title()}> would be passed over: it is called <{name}>" in faults(cvat, path)[0]
