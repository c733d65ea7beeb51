"""Frames out of a recording: sharp, different from each other, evenly spread."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from inspector.capture.pictures import LEAST_SIDE, size_fault
from inspector.capture.recording import Inside, Recording, frames_of, verify
from inspector.errors import FileProblems, InputError, MachineError, Problem
from inspector.files import (
    MOST_BYTES_OF_FRAMES,
    Document,
    Section,
    read_document,
    sha256,
    write_document,
    written_whole,
)
from inspector.frame import Frame, Image
from inspector.labeling.annotation import ATTESTATION, Annotation, State, read_annotations, write_annotations
from inspector.lock import alone

FILE = "frames.yaml"
LOCK = ".frames.lock"
FOLDER = "frames"
Region = tuple[float, float, float, float]
Tick = Callable[[int, int | None, str], None]
"""Told (done, total, what is being done)."""

# A video in which nothing moves still shows the camera's noise and the light's drift, which a network should see.
LEAST = 40
BLURRED = 0.7
BLURRED_AT_REST = 0.35
ROLLING = 31
THUMB_SIDE = 320
BLOCK = 5
SAME_LEAST, SAME_MOST = 4.0, 12.0
LOOK_BACK = 5
FAST_COMPRESSION = 1


class _Kept(Section):
    """One frame in `frames.yaml`. file, media: paths inside the recording's folder; number: in the whole recording."""

    file: Inside
    number: int = Field(ge=0)
    time_s: float
    media: Inside
    sharpness: float
    sha256: str


class _Extraction(Document):
    """`frames.yaml`. most, region: what was asked for; views: as in ExtractedFrames; frames: by name."""

    most_bytes: ClassVar[int] = MOST_BYTES_OF_FRAMES
    most: int
    region: Region | None = None
    views: int | None = None
    frames: dict[str, _Kept]


@dataclass(frozen=True)
class ExtractedFrame:
    """One picture and where it comes from.

    media: the recording's file that held it; number: in the whole recording; time_s: seconds from its start;
    sharpness: variance of the Laplacian at half size, to compare within one recording only.
    """

    name: str
    path: Path
    number: int
    time_s: float
    media: str
    sharpness: float
    sha256: str


@dataclass(frozen=True)
class ExtractedFrames:
    """A recording's extracted frames, in playing order.

    views: how many looks of the place a video shows that differ by more than noise; None where nobody counted them.
    """

    frames: tuple[ExtractedFrame, ...]
    views: int | None = None

    def __len__(self) -> int:
        return len(self.frames)


@dataclass(frozen=True)
class Candidate:
    """A frame that may be kept. thumb: `(h, w)` uint8 grey, the region alone where there is one."""

    number: int
    time_s: float
    sharpness: float
    thumb: NDArray[np.uint8] = field(repr=False)


def extract(
    folder: Path, recording: Recording, region: Region | None = None, most: int = 120, progress: Tick | None = None
) -> ExtractedFrames:
    """Write a recording's frames as lossless pictures, and `frames.yaml` last. Pictures are frames as they are.

    A second call with the same wishes changes nothing. Frames of a verified-empty recording that nobody has annotated
    become verified empty by attestation. Frames that are annotated stay, whatever is wished.

    Args: region (xmin, ymin, xmax, ymax) in pixels, in which frames are told apart; most: how many at most.
    Raises: InputError where another program extracts from it too; FileProblems where a medium is missing, damaged or
    not the one that was recorded; MachineError where the disk is full.
    """
    if (folder / FOLDER).is_symlink():
        raise InputError(f"{folder / FOLDER} is a link: what it leads to would be changed. Put a folder in its place.")
    record = _known(folder, most, region)
    if record is None:
        refusal = f"Another program is taking frames out of {recording.id}: wait until it is done."
        with alone(folder / LOCK, refusal):
            record = _extracted(folder, recording, region, most, progress or _silent)
    if recording.verified_empty:
        _attest(folder, list(record.frames))
    return _opened(folder, record)


def _extracted(folder: Path, recording: Recording, region: Region | None, most: int, tick: Tick) -> _Extraction:
    verify(folder, recording)
    kept, views = (
        (_pictures(folder, recording, tick), None)
        if recording.kind == "pictures"
        else _video(folder, recording, region, most, tick)
    )
    record = _Extraction(most=most, region=region, views=views, frames=kept)
    write_document(folder / FILE, record)
    _sweep(folder, {one.file for one in record.frames.values()})
    return record


def read_frames(folder: Path) -> ExtractedFrames:
    """What was extracted from a recording.

    Raises: InputError where nothing was; FileProblems where `frames.yaml` has faults.
    """
    return _opened(folder, read_document(folder / FILE, _Extraction))


def stem_of_frame(number: int) -> str:
    """What a picture taken out of a video is called, without its ending: the number of the frame in the recording."""
    return f"{number:06d}"


def choose(candidates: Sequence[Candidate], same: float) -> list[Candidate]:
    """Of evenly spread candidates, those that differ from the ones kept just before; at least LEAST of them.

    same: the block change in grey levels up to which two frames show the same.
    """
    kept: list[Candidate] = []
    for candidate in candidates:
        if all(block_change(candidate.thumb, one.thumb) > same for one in kept[-LOOK_BACK:]):
            kept.append(candidate)
    held = {one.number for one in kept}
    rest = [candidate for candidate in candidates if candidate.number not in held]
    missing = min(max(LEAST - len(kept), 0), len(rest))
    kept += [rest[round(i)] for i in np.linspace(0, len(rest) - 1, missing).tolist()]
    return sorted(kept, key=lambda one: one.number)


def is_new(thumb: NDArray[np.uint8], views: Sequence[NDArray[np.uint8]], same: float) -> bool:
    """Whether it differs from each of those views. same: as in `choose`."""
    return all(block_change(thumb, view) > same for view in views if view.shape == thumb.shape)


def block_change(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """The greatest change of any small block in grey levels, once one picture is as bright as the other.

    A hash of the whole picture, or a mean, would not see that one screw of many is missing.
    """
    gain = float(np.clip(np.median(one) / max(float(np.median(other)), 1.0), 0.5, 2.0))
    change = one.astype(np.float32) - other.astype(np.float32) * gain
    return float(np.abs(cv2.blur(change, (BLOCK, BLOCK))).max())


def thumb_of(image: Image, side: int = THUMB_SIDE) -> NDArray[np.uint8]:
    """`(h, w)` grey. side: pixels of its longer side, at most."""
    # Of a strip at least one row stays.
    scale = min(1.0, max(side / max(image.shape[:2]), 1 / min(image.shape[:2])))
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def sharpness_of(image: Image) -> float:
    """Variance of the Laplacian of the grey picture at half size, which is blind to a sensor's noise."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return float(cv2.Laplacian(half, cv2.CV_16S).var())


def same_level(changes: NDArray[np.float64]) -> float:
    """The block change up to which frames show the same: that of neighbours while little moves, the camera's noise."""
    usual = float(np.percentile(changes, 20)) if len(changes) else 0.0
    return float(np.clip(1.5 * usual, SAME_LEAST, SAME_MOST))


def sharp_ones(sharpness: NDArray[np.float64], at_rest: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`(n,)` which frames are not clearly softer than those about a second around them.

    at_rest: `(n,)` what looks like its neighbour. There, softer need not be blurred: a part may be gone, which had
    edges.
    """
    padded = np.pad(sharpness, ROLLING // 2, mode="reflect" if len(sharpness) > ROLLING // 2 else "edge")
    usual = np.median(np.lib.stride_tricks.sliding_window_view(padded, ROLLING), axis=-1)
    return np.asarray(sharpness >= np.where(at_rest, BLURRED_AT_REST, BLURRED) * usual, bool)


def _video(
    folder: Path, recording: Recording, region: Region | None, most: int, tick: Tick
) -> tuple[dict[str, _Kept], int]:
    """What is kept of it, and how many views it shows."""
    candidates, same = _look_through(folder, recording, region, most, tick)
    chosen = {one.number: one for one in choose(candidates, same)}
    sharpness = {number: one.sharpness for number, one in chosen.items()}
    numbers = sorted({*chosen, *_annotated(folder, recording)})
    kept = {}
    for done, frame in enumerate(frames_of(folder, recording, numbers), start=1):
        one = _write(folder, recording, frame, sharpness.get(frame.number) or sharpness_of(frame.image))
        kept[Path(one.file).name] = one
        tick(done, len(numbers), "writing pictures")
    return kept, _count_views(candidates, same)


def _count_views(candidates: Sequence[Candidate], same: float) -> int:
    views: list[NDArray[np.uint8]] = []
    for candidate in candidates:
        if is_new(candidate.thumb, views, same):
            views.append(candidate.thumb)
    return len(views)


def _look_through(
    folder: Path, recording: Recording, region: Region | None, most: int, tick: Tick
) -> tuple[list[Candidate], float]:
    """The sharpest frame of each of `most` equal parts of the video, without the blurred ones; what counts as same."""
    total = recording.frames
    best: dict[int, Candidate] = {}
    sharpness: list[float] = []
    changes: list[float] = []
    before: NDArray[np.uint8] | None = None
    for frame in _large_enough(folder, recording):
        one = _candidate(frame, region)
        sharpness.append(one.sharpness)
        if before is not None:
            changes.append(block_change(one.thumb, before))
        before = one.thumb
        part = one.number * most // total
        if part not in best or one.sharpness > best[part].sharpness:
            best[part] = one
        tick(frame.number + 1, total, "looking")
    same = same_level(np.array(changes))
    still = np.array([np.inf, *changes, np.inf]) <= same
    sharp = sharp_ones(np.array(sharpness), still[:-1] | still[1:])
    return [one for one in best.values() if sharp[one.number]], same


def _large_enough(folder: Path, recording: Recording) -> Iterator[Frame]:
    """Its frames. Raises: FileProblems for one that was taken over before pictures too small were refused."""
    for frame in frames_of(folder, recording):
        if min(frame.size) < LEAST_SIDE:
            raise FileProblems([Problem(folder / _media_of(recording, frame.number), size_fault(frame.size))])
        yield frame


def _candidate(frame: Frame, region: Region | None) -> Candidate:
    image = frame.image if region is None else _cut(frame.image, region)
    return Candidate(frame.number, frame.time_s, sharpness_of(image), thumb_of(image))


def _cut(image: Image, region: Region) -> Image:
    height, width = image.shape[:2]
    xmin, ymin = max(int(region[0]), 0), max(int(region[1]), 0)
    cut = image[ymin : min(round(region[3]), height), xmin : min(round(region[2]), width)]
    return cut if min(cut.shape[:2]) >= 4 else image


def _write(folder: Path, recording: Recording, frame: Frame, sharpness: float) -> _Kept:
    file = f"{FOLDER}/{stem_of_frame(frame.number)}.png"
    done, encoded = cv2.imencode(".png", frame.image, [cv2.IMWRITE_PNG_COMPRESSION, FAST_COMPRESSION])
    if not done:
        raise MachineError(f"Frame {frame.number} of {recording.id} could not be written as a picture.")
    with written_whole(folder / file) as out:
        out.write(encoded.tobytes())
    return _kept(file, frame, _media_of(recording, frame.number), sharpness, sha256(folder / file))


def _pictures(folder: Path, recording: Recording, tick: Tick) -> dict[str, _Kept]:
    kept = {}
    for frame, media in zip(_large_enough(folder, recording), recording.media, strict=True):
        kept[Path(media.file).name] = _kept(media.file, frame, media.file, sharpness_of(frame.image), media.sha256)
        tick(frame.number + 1, recording.frames, "looking")
    return kept


def _kept(file: str, frame: Frame, media: str, sharpness: float, digest: str) -> _Kept:
    return _Kept(
        file=file,
        number=frame.number,
        time_s=round(frame.time_s, 6),
        media=media,
        sharpness=round(sharpness, 3),
        sha256=digest,
    )


def _media_of(recording: Recording, number: int) -> str:
    for media in recording.media:
        if number < media.frames:
            return media.file
        number -= media.frames
    raise IndexError(number)


def _known(folder: Path, most: int, region: Region | None) -> _Extraction | None:
    """What was extracted before with the same wishes, if all of it is still there."""
    if not (folder / FILE).exists():
        return None
    record = read_document(folder / FILE, _Extraction)
    whole = all((folder / kept.file).is_file() for kept in record.frames.values())
    return record if whole and (record.most, record.region) == (most, region) else None


def _annotated(folder: Path, recording: Recording) -> set[int]:
    """Numbers of the frames that somebody or something looked at: their annotations would else lose their picture."""
    annotations = read_annotations(folder).frames
    looked_at = [
        name for name, one in annotations.items() if one.by != ATTESTATION and one.state is not State.UNLABELED
    ]
    numbers = {int(Path(name).stem) for name in looked_at if Path(name).stem.isdecimal()}
    return {number for number in numbers if number < recording.frames}


def _attest(folder: Path, names: Sequence[str]) -> None:
    annotations = read_annotations(folder)
    # A person may have said that nothing is known of one: that stands.
    silent = [name for name in names if name not in annotations.frames]
    if silent:
        empty = Annotation(state=State.VERIFIED_EMPTY, by=ATTESTATION)
        write_annotations(folder, annotations.with_frames(dict.fromkeys(silent, empty)))


def _sweep(folder: Path, files: set[str]) -> None:
    """Take away what an earlier extraction left."""
    for path in (folder / FOLDER).glob("*.png"):
        if f"{FOLDER}/{path.name}" not in files:
            path.unlink()


def _opened(folder: Path, record: _Extraction) -> ExtractedFrames:
    return ExtractedFrames(
        tuple(
            ExtractedFrame(name, folder / one.file, one.number, one.time_s, one.media, one.sharpness, one.sha256)
            for name, one in record.frames.items()
        ),
        record.views,
    )


def _silent(done: int, total: int | None, doing: str) -> None:
    """No progress wanted."""
