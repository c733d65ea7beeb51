"""What is known of a recording's frames before they are searched, and what nobody need be asked about again."""

from collections.abc import Collection, Sequence

from inspector.labeling.annotation import TRACKING, Annotation, State
from inspector.labeling.moments import Moment, is_dismissed, read_moments, unanswered
from inspector.labeling.suggestions import Origin, waiting
from inspector.labeling.suspicion import Suspicion, not_dismissed
from inspector.labeling.takes import Shot, Take
from inspector.recipe import Label

SURE = 0.5
"""How sure a suggestion is that is taken for an annotation here."""


class Known:
    """What is known of a recording's frames, or proposed and sure enough, and of which nobody need be asked."""

    def __init__(self, take: Take) -> None:
        self._take, self._waiting = take, waiting(take.folder, take.annotations)
        self._moments = read_moments(take.folder)

    def of(self, shot: Shot) -> Annotation:
        """What the frame shows."""
        said, proposed = self._take.of(shot), self._waiting.get(shot.name)
        if said.state is not State.UNLABELED or proposed is None or proposed.sure < SURE:
            return said
        return proposed.as_annotation(str(proposed.origin))

    def is_settled(self, shot: Shot) -> bool:
        """Whether a person has said what it shows, or that it is not to be looked at."""
        said = self._take.of(shot)
        return said.by_person or said.state is State.IGNORED

    def not_dismissed(self, suspicions: Sequence[Suspicion]) -> Sequence[Suspicion]:
        """Those of which no person has said already, of another frame of their moment, that there is nothing to it."""
        at = {shot.name: index for index, shot in enumerate(self._take.shots)}
        for one in self._moments:
            if one.frame in at and is_dismissed(one, self._take.annotations):
                asked = Suspicion(at[one.frame], one.seems, one.label, one.xyxy, one.score, one.by)
                suspicions = not_dismissed(suspicions, asked, [at[name] for name in one.frames if name in at])
        return suspicions

    def left_of(self, labels: Collection[Label]) -> list[Moment]:
        """The moments of these that were found before and are not answered."""
        return [one for one in unanswered(self._take.folder, self._take.annotations) if one.label in labels]

    def is_tracked(self, shot: Shot) -> bool:
        """Whether boxes were followed into it from both sides."""
        proposed = self._waiting.get(shot.name)
        followed = proposed is not None and proposed.origin is Origin.TRACKING and proposed.sure > 0
        return followed or self._take.of(shot).by == TRACKING
