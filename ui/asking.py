"""What the record page asks over its picture: one thing at a time, each with what is done on its yes."""

from collections import deque
from collections.abc import Callable

from PyQt5.QtWidgets import QWidget

from inspector.capture.claim import Claim
from inspector.recipe import Recipe
from inspector.settings import person
from ui.widgets.attestation import Attestation
from ui.widgets.question import Question


class Asking:
    """A question and an attestation, of which at most one is seen: what a person began goes before what happened.

    Who vouched for a component is not asked again before `forget`: in another recipe a part of the same name is another
    thing, and after a while somebody else may stand there.
    """

    def __init__(self, over: QWidget) -> None:
        self.question, self.attestation = Question(over), Attestation(over)
        self._person = person()
        self._vouched: set[tuple[str, str]] = set()
        self._waiting: deque[tuple[str, str, str, Callable[[], object]]] = deque()

    @property
    def busy(self) -> bool:
        """Whether something is being asked."""
        return not (self.question.isHidden() and self.attestation.isHidden())

    def ask(self, sentence: str, yes: str, no: str, then: Callable[[], object]) -> None:
        """Ask it when `go_on` finds that nothing else is being asked."""
        self._waiting.append((sentence, yes, no, then))

    def go_on(self) -> None:
        """Ask what has waited longest, unless something is being asked."""
        if self._waiting and not self.busy:
            self.question.ask(*self._waiting.popleft())

    def vouch(self, recipe: Recipe, claim: Claim, then: Callable[[str], object]) -> None:
        """Call `then` with a person's name, for a negative once they said by name that it is one."""
        key = recipe.name, claim.component
        if not claim.empty or key in self._vouched:
            then(self._person)
            return

        def attest(name: str) -> None:
            self._person = name
            self._vouched.add(key)
            then(name)

        self.question.hide()
        self.attestation.ask_for(claim.component, self._person, attest)

    def hide(self) -> None:
        """Nothing that is asked now is answered."""
        self.question.hide()
        self.attestation.hide()

    def forget(self) -> None:
        """Nobody vouches for anything any more."""
        self.attestation.hide()
        self._vouched.clear()

    def drop(self) -> None:
        """Forget that, and all questions: they are about something else."""
        self.forget()
        self._waiting.clear()
        self.question.hide()
