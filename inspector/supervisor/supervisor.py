"""The process that owns the outputs and the heartbeat: it starts the station, hears it, and tells the plant."""

import queue
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from inspector.errors import InspectorError
from inspector.plant.output import Output
from inspector.plant.signals import SAFE, Acknowledge, Choose, Phase, Request, Signals, Trigger
from inspector.supervisor.child import Child, Said
from inspector.supervisor.notifier import Notifier
from inspector.supervisor.reports import Decided, Garbled, Trouble, decoded, encoded_request
from inspector.supervisor.watch import Watch

TICK_S = 0.05
FEED_S = 0.15
"""Outputs are fed at least so often; they show SAFE by themselves where nobody feeds them."""
PAUSES_S = (0.0, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Before a child is started again; the first one after a child that lived for longer than WELL_S."""
WELL_S = 5.0
MOST_WAITING = 1000
"""Messages of a child that may wait to be heard: one that says more has to wait."""

Command = Callable[[str], Sequence[str]]
"""The command line that runs a recipe."""


class Supervisor:
    """Keeps one station running, and tells the plant what may be said of it.

    All is done on the thread that calls `run`, but for what outputs and children do on their own; whatever fails there,
    outputs that nobody feeds show SAFE. Who opened the outputs closes them.

    command: starts the station of a recipe. choose: takes a recipe that the plant asks for; raises InputError where
    there is none such. say: hears what a person should know, in a sentence.
    """

    def __init__(
        self,
        command: Command,
        recipe: str,
        outputs: Sequence[Output],
        *,
        choose: Callable[[str], None],
        say: Callable[[str], None],
        notifier: Notifier,
    ) -> None:
        self._command = command
        self._recipe = recipe
        self._outputs = outputs
        self._choose = choose
        self._say = say
        self._notifier = notifier
        self._watch = Watch()
        self._heard: queue.Queue[Said] = queue.Queue(MOST_WAITING)
        self._child: Child | None = None
        self._attempt = 0
        self._started_s = 0.0
        self._start_at_s = 0.0
        self._stopping = False
        self._fed = SAFE
        self._fed_s = 0.0
        self._refusal = ""
        self._told_trouble = ""

    def stop(self) -> None:
        """End the station in order, and then return from `run`. From any thread, or a signal's handler."""
        self._stopping = True

    def run(self) -> None:
        """Supervise until `stop` is called, or something fails that nobody foresaw."""
        try:
            self._feed()
            self._notifier.ready()
            while not (self._stopping and self._child is None):
                self._pass()
        finally:
            self._notifier.stopping()
            if self._child is not None:
                self._child.kill()
                self._child.obituary()

    def _pass(self) -> None:
        if self._stopping:
            self._watch.halt(Phase.STOPPED, "The station was stopped.")
            if self._child is not None:
                self._child.end()
        self._hear(TICK_S)
        self._look_after_child()
        for request in self._requests():
            self._take(request)
        self._feed()
        self._tell_trouble()
        self._notifier.alive(f"{self._fed.phase}: {self._fed.message}")

    def _hear(self, wait_s: float) -> None:
        """All that waits to be heard, but for what comes meanwhile."""
        with suppress(queue.Empty):
            self._hear_one(self._heard.get(timeout=wait_s))
            for _ in range(self._heard.qsize()):
                self._hear_one(self._heard.get_nowait())

    def _hear_one(self, said: Said) -> None:
        child, message = said
        if child is not self._child:
            return
        if message is None:
            self._watch.end("The station broke off.")
            child.give_up()
            return
        try:
            report = decoded(message)
            news = self._watch.hear(report, time.monotonic())
        except Garbled as fault:
            self._end_badly(child, str(fault))
            return
        if news and isinstance(report, Decided):
            for output in self._outputs:
                output.tell(report.said)

    def _end_badly(self, child: Child, why: str) -> None:
        self._watch.end(why)
        child.kill()

    def _look_after_child(self) -> None:
        now_s = time.monotonic()
        child = self._child
        if child is None:
            if now_s >= self._start_at_s and not self._stopping:
                self._start(now_s)
        elif child.ended():
            self._bury(child)
        elif why := self._watch.hopeless(now_s):
            self._end_badly(child, why)

    def _start(self, now_s: float) -> None:
        generation = uuid.uuid4().hex
        try:
            self._child = Child(self._command(self._recipe), generation, self._heard)
        except InspectorError as error:
            self._watch.end(str(error))
            self._plan_start(now_s)
            return
        self._started_s, self._told_trouble = now_s, ""
        self._watch.begin(generation, now_s)

    def _bury(self, child: Child) -> None:
        """What it said last is still heard: inspections are in the records by then, and the plant is told of each."""
        why = child.obituary()
        self._hear(0.0)
        self._child = None
        self._watch.end(why)
        self._plan_start(time.monotonic())

    def _plan_start(self, now_s: float) -> None:
        self._attempt = 0 if now_s - self._started_s > WELL_S else self._attempt + 1
        self._start_at_s = now_s + PAUSES_S[min(self._attempt, len(PAUSES_S) - 1)]

    def _requests(self) -> Iterator[Request]:
        """What the plant asks for, each thing once however often it was asked within this pass, when it was so last."""
        asked: dict[Request, None] = {}
        for output in self._outputs:
            with suppress(queue.Empty):
                for _ in range(output.requests.qsize()):
                    request = output.requests.get_nowait()
                    asked.pop(request, None)
                    asked[request] = None
        yield from asked

    def _take(self, request: Request) -> None:
        if isinstance(request, Choose):
            self._change_recipe(request.recipe)
            return
        if isinstance(request, Trigger) and not request.id:
            request = replace(request, id=uuid.uuid4().hex)
        handed_on = self._watch.ask(request, time.monotonic())
        if handed_on and self._child is not None and not isinstance(request, Acknowledge):
            self._child.say(encoded_request(request))

    def _change_recipe(self, recipe: str) -> None:
        """Another child runs another recipe: nothing of the one before is left."""
        if recipe == self._recipe:
            self._refusal = ""
            return
        try:
            self._choose(recipe)
        except InspectorError as error:
            self._refusal = str(error)
            self._say(self._refusal)
            return
        self._recipe, self._refusal, self._attempt = recipe, "", 0
        self._watch.halt(Phase.STARTING, f"The recipe changes to {recipe}.")
        if self._child is not None:
            self._child.end()

    def _feed(self) -> None:
        """Show each output what is so at this very moment: a process may be held up between any two steps."""
        now_s = time.monotonic()
        signals = self._signals(now_s)
        if signals == self._fed and now_s - self._fed_s < FEED_S:
            return
        shown = signals
        for output in self._outputs:
            output.show(shown := self._signals(time.monotonic()))
        # What the last one was shown they all were: a result goes, and never comes.
        self._watch.note_shown(shown)
        if signals.phase is not self._fed.phase or signals.message != self._fed.message:
            self._say(f"{signals.phase}: {signals.message}".removesuffix(": "))
        self._fed, self._fed_s = signals, now_s

    def _signals(self, now_s: float) -> Signals:
        """Those of the station; where it has nothing to say, what is wrong with a way to the plant, or was refused."""
        signals = self._watch.look(now_s)
        if signals.message:
            return signals
        return replace(signals, message=self._trouble)

    @property
    def _trouble(self) -> str:
        return next((output.fault for output in self._outputs if output.fault), self._refusal)

    def _tell_trouble(self) -> None:
        """The station's screen is where somebody looks."""
        trouble = self._trouble
        if self._child is not None and trouble != self._told_trouble:
            self._told_trouble = trouble
            self._child.say(encoded_request(Trouble(trouble)))
