"""Suggestions followed from frame to frame of a video, between those that are annotated."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from inspector.capture.recording import frames_of
from inspector.errors import InputError
from inspector.labeling.annotation import TRACKING, State
from inspector.labeling.extraction import read_frames
from inspector.labeling.proposal import Progress, Proposal, Proposals, open_questions, proposal, settled
from inspector.labeling.suggestions import Origin, forget, waiting
from inspector.labeling.takes import USABLE, Shot, Take, takes_of
from inspector.labeling.tracking import Marks, track
from inspector.recipe import Recipe
from inspector.settings import Workspace


def track_recordings(
    workspace: Workspace,
    recipe: Recipe,
    components: Sequence[str],
    accept: float | None = None,
    progress: Progress | None = None,
) -> Proposals:
    """Propose boxes on frames of videos that nobody has annotated, followed from those that are.

    Args: components: whose recordings; accept: as in `suggest_recordings`.
    Raises: InputError where no frame with boxes is annotated; FileProblems where a video cannot be read.
    """
    every = [
        take
        for take in takes_of(workspace, recipe)
        if take.recording.kind == "video"
        and not take.recording.verified_empty
        and set(components) & set(take.recording.components)
        and take.shots
    ]
    for take in every:
        waiting(take.folder, take.annotations)  # what cannot be read now could not be added to afterwards
    takes = [take for take in every if any(_annotated(take, shot) and take.labels_in(shot) for shot in take.shots)]
    if not takes:
        raise InputError(
            "There is no frame with boxes to follow them from. Annotate some frames of a video first, or take what "
            f"differs from the negative recordings: inspector suggest {recipe.name}"
        )
    total, done = sum(take.recording.frames for take in takes), 0

    def tell(number: int) -> None:
        if progress:
            progress(done + number + 1, total)

    made: list[Proposal] = []
    for take in takes:
        made += _followed(take, tell)
        done += take.recording.frames
    for take in every:
        forget(take.folder, Origin.TRACKING)
    made, accepted = settled(made, accept)
    return Proposals(tuple(made), len(accepted), open_questions(takes, accepted))


def _followed(take: Take, tell: Callable[[int], object]) -> Iterator[Proposal]:
    numbers = {frame.number: shot for frame, shot in zip(read_frames(take.folder).frames, take.shots, strict=True)}
    known: dict[int, Marks] = {
        number: [(box.label, np.array(box.xyxy, np.float32)) for box in take.of(shot).boxes]
        for number, shot in numbers.items()
        if _annotated(take, shot)
    }
    wanted = [number for number, shot in numbers.items() if take.of(shot).state is State.UNLABELED]
    for one in track(frames_of(take.folder, take.recording), known, wanted, tell):
        yield from proposal(take, numbers[one.number], one.marks, min(one.confidence), Origin.TRACKING)


def _annotated(take: Take, shot: Shot) -> bool:
    """Whether boxes may be followed from there; what was followed itself would hand its faults on."""
    return take.of(shot).state in USABLE and take.of(shot).by != TRACKING
