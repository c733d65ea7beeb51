"""Which rests are of another workpiece. Pure: no clock, no thread; time comes with each frame."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspector.frame import Image
from inspector.inspection.triggers.likeness import Lying, blocks_of, cut, differs
from inspector.inspection.verdict import Verdict
from inspector.inspection.vote import Decision, Look, Votes
from inspector.recipe import Recipe, Trigger

SEEN_EMPTY = 2
"""Pictures in a row that show the empty place, while something else moves: then the workpiece has left."""


@dataclass(frozen=True)
class Known:
    """The workpiece that was inspected last: its verdict, and how it lies."""

    verdict: Verdict
    lying: Lying


class Workpieces:
    """One decision for each workpiece that comes, rests and leaves.

        nothing known ── rest: vote ──▶ known ── motion, rest: vote ──▶ the same picture: known, nothing new
              ▲                           │                        └──▶ another picture: known anew, a decision
              └──── the place is empty ───┘

    Each rest is voted on. Where the place looks as when the last workpiece was inspected, a hand has passed over it
    and its decision stands, whatever this vote says, but for one thing: an OK that is no longer found is a new
    decision. So nobody turns a FAIL into a PASS by waving, and nothing is taken away unnoticed.

    Two things cannot be told apart in the picture: the same workpiece, and another one that looks alike to the block
    and lies as exactly there, unless the empty place was seen between them. And a workpiece that was pushed lies
    otherwise: it is taken for another one and inspected again, for the opposite mistake would let one go uninspected.

    Of several cameras the first one says whether it is another; it has to rest before all of them.

    empty: a picture of the place with nothing in it, as the camera sees it. A rest that looks like it is of no
    workpiece, and is not decided.
    """

    def __init__(self, recipe: Recipe, empty: Image | None = None) -> None:
        vote = recipe.vote
        self._votes = Votes(recipe, vote.model_copy(update={"trigger": Trigger.REST}), vote.still_s)
        self._first, self._place = recipe.first_view, vote.place
        self._empty = None if empty is None else Lying(blocks_of(cut(empty, vote.place)))
        self._here = Lying()
        self._known: Known | None = None
        self._there = False
        self._looked_empty = 0

    @property
    def cast(self) -> bool:
        """Whether the last frame was given to a vote."""
        return self._votes.cast

    def clear(self) -> None:
        """A fault lies before the next frame: what lies there is voted on anew, and then known again or not."""
        self._votes.clear()
        self._moves()

    def add(self, images: Mapping[str, Image], look: Look) -> Decision | None:
        """Add each camera's picture and the look at all of them; the decision if this one brings it."""
        image = cut(images[self._first], self._place)
        decision = self._votes.add({**images, self._first: image}, look)
        if not self._votes.resting:
            self._leaves(image)
            return None
        self._looked_empty = 0
        self._here.add(blocks_of(image))
        return self._told(decision) if decision is not None else None

    def watch(self, images: Mapping[str, Image], time_s: float) -> bool:
        """Pictures that must not vote: whether something moves in them, and perhaps the workpiece leaves."""
        image = cut(images[self._first], self._place)
        moves = self._votes.watch({**images, self._first: image}, time_s)
        if moves:
            self._leaves(image)
        return moves

    @property
    def verdict(self) -> Verdict:
        """The verdict on the workpiece while it lies there: an OK only while M of the last N frames say OK."""
        now = self._votes.verdict
        if self._known is None or not self._there or now is Verdict.UNDEFINED:
            return Verdict.UNDEFINED
        if self._known.verdict is Verdict.OK and now is not Verdict.OK:
            return Verdict.UNDEFINED
        return self._known.verdict

    def _moves(self) -> None:
        self._here = Lying()
        self._there = False

    def _leaves(self, image: Image) -> None:
        """While something moves: the place may be empty between two workpieces, and never come to rest so."""
        self._moves()
        if self._empty is None or self._known is None:
            return
        away = not differs(self._empty, Lying(blocks_of(image)))
        self._looked_empty = self._looked_empty + 1 if away else 0
        if self._looked_empty >= SEEN_EMPTY:
            self._known = None

    def _told(self, decision: Decision) -> Decision | None:
        """The decision, where it is of a workpiece that was not inspected yet."""
        before = self._known
        if self._empty is not None and not differs(self._empty, self._here):
            self._known = None
            return None
        self._there = True
        if before is not None and not differs(before.lying, self._here) and not _worse(before.verdict, decision):
            self._known = Known(before.verdict, self._here)
            return None
        self._known = Known(decision.verdict, self._here)
        return decision


def _worse(before: Verdict, decision: Decision) -> bool:
    return before is Verdict.OK and decision.verdict is not Verdict.OK
