"""What a recipe has to be taught from, and what it lacks: what a person looks at before a training."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector.labeling.counts import Count, count
from inspector.labeling.refusals import Lack, missing
from inspector.labeling.review import unanswered_in
from inspector.labeling.suggestions import waiting
from inspector.labeling.takes import Take, as_taught, lookalikes_in, takes_of
from inspector.recipe import Label, Recipe
from inspector.settings import Workspace


@dataclass(frozen=True)
class Stock:
    """counts: one for each label that is taught, lookalikes last; waiting: in step, the frames on which a suggestion of
    it waits for a person. lacks: all that keeps the recipe from being trained. contradicting: frames that a person is
    asked about, since they seem to contradict their recording.
    """

    counts: tuple[Count, ...]
    waiting: tuple[int, ...]
    lacks: tuple[Lack, ...]
    contradicting: int

    @property
    def recorded(self) -> bool:
        """Whether there is any recording at all."""
        return any(one.recordings for one in self.counts)


def stock_of(workspace: Workspace, recipe: Recipe) -> Stock:
    """Raises: FileProblems where a recording, its frames or its annotations cannot be read."""
    known = takes_of(workspace, recipe)
    takes = [as_taught(take) for take in known]
    labels = recipe.taught_labels(lookalikes_in(takes))
    lacks = tuple(missing(recipe, takes))
    return Stock(count(labels, takes, {}), _waiting(labels, takes), lacks, len(unanswered_in(known)))


def _waiting(labels: Sequence[Label], takes: Sequence[Take]) -> tuple[int, ...]:
    suggested = [one for take in takes for one in waiting(take.folder, take.annotations).values()]
    shown = [{box.label for box in one.boxes} for one in suggested]
    return tuple(sum(label in some for some in shown) for label in labels)
