"""Asks the station for what a timer, a folder or a key wishes."""

import threading
import time
from collections.abc import Callable, Sequence
from queue import SimpleQueue

from inspector.inspection.triggers.folder import Folder
from inspector.inspection.triggers.keys import Keys
from inspector.inspection.triggers.timer import Timer
from inspector.inspection.triggers.wish import Wish, Wisher
from inspector.inspection.verdict import Inspection
from inspector.recipe import Recipe, Trigger
from inspector.triggers import Triggers

TICK_S = 0.1
LEAVING_S = 1.0

Ask = Callable[[Wish], str]
Tell = Callable[[str], None]


def wishers_of(recipe: Recipe, triggers: Triggers, keys: int | None = None) -> tuple[Wisher, ...]:
    """What asks by itself, as the settings say, where the recipe waits for it; keys: the file descriptor to read lines
    from.

    Raises: InputError where there is no such folder.
    """
    if recipe.vote.trigger is not Trigger.ASKED:
        return ()
    found: list[Wisher] = [] if keys is None else [Keys(keys)]
    if triggers.every_s is not None:
        found.append(Timer(triggers.every_s))
    if triggers.folder is not None:
        found.append(Folder(triggers.folder, triggers.serial_in))
    return tuple(found)


class Prompter:
    """The thread `trigger`: looks at its wishers ten times a second, and asks for what they wish.

    tell: is told, in a sentence, what was refused and what is wrong with a wisher; of several in a row that are alike,
    the first.
    """

    def __init__(self, wishers: Sequence[Wisher], tell: Tell) -> None:
        self._wishers = tuple(wishers)
        self._tell = tell
        self._told: dict[Wisher, str] = {}
        self._refused = ""
        self._heard: SimpleQueue[Inspection] = SimpleQueue()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, ask: Ask) -> None:
        """Begin; returns at once. ask: accepts a wish (""), or refuses it with a sentence."""
        if self._wishers:
            self._thread = threading.Thread(target=self._run, args=(ask,), name="trigger", daemon=True)
            self._thread.start()

    def heard(self, inspection: Inspection) -> None:
        """A workpiece was inspected. Any thread; a folder on a network that does not answer holds nobody up."""
        self._heard.put(inspection)

    def close(self) -> None:
        """Ask for nothing more, once the wishers know what was inspected. A folder on a network that does not answer is
        not waited for.
        """
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(LEAVING_S)

    def _run(self, ask: Ask) -> None:
        try:
            while not self._stopping.wait(TICK_S):
                self._pass_on()
                for wisher in self._wishers:
                    self._look(wisher, ask)
            self._pass_on()
        except Exception as error:
            self._tell(f"Nothing asks for inspections any more ({type(error).__name__}: {error}). Start again.")

    def _pass_on(self) -> None:
        while not self._heard.empty():
            inspection = self._heard.get()
            for wisher in self._wishers:
                wisher.heard(inspection)

    def _look(self, wisher: Wisher, ask: Ask) -> None:
        for wish in wisher.look(time.monotonic()):
            refusal = ask(wish)
            wisher.answered(wish, refusal)
            if refusal and wish.by != self._refused:
                self._tell(f"The trigger {wish.by} was refused. {refusal}")
            self._refused = wish.by if refusal else ""
        if wisher.fault != self._told.get(wisher, ""):
            self._told[wisher] = wisher.fault
            self._tell(wisher.fault or "What asks for inspections can be reached again.")
