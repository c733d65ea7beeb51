"""A tormented station from its start to its end: faults by lot, one after the other and several at once."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from inspector.bundle import Golden, Ledger, Manifest, Sighting, write_manifest
from inspector.files import sha256
from inspector.inspection.records import Records
from inspector.inspection.records.carrier import PLANT as TO_PLANT
from inspector.inspection.records.carrier import Carrier
from inspector.recipe import Component, Recipe, Trigger, Vote
from inspector.sample import Sample
from inspector.serial import Serial
from tests.faults.faults import FAULTS, Fault, Undo, Victims, is_sound
from tests.faults.line import SIZE, Line
from tests.faults.outages import OUTAGES
from tests.faults.peers import BROKER, PLC, STATION, Peers

PLANT = Path(__file__).with_name("plant.py")
ALL = FAULTS + OUTAGES
RECOVERS_S = 60.0
"""Known workpieces have to come along, one after the other, where a station proves itself on samples."""
CAUGHT_UP_S = 90.0
"""All that waits has arrived by then; the pauses between two tries to reach the plant's database grow to a minute."""
TOLD_S = 3.0
TICK_S = 0.02
SEVERAL = 0.3
"""The share of faults that a second one comes upon before the first has ended."""
QUIET_S = (0.2, 3.0)
VOTES = {
    Trigger.REST: Vote(frames=3, agree=2, trigger=Trigger.REST),
    Trigger.WORKPIECE: Vote(frames=3, agree=2, trigger=Trigger.WORKPIECE, still_s=0.1),
    Trigger.ASKED: Vote(frames=3, agree=2, trigger=Trigger.ASKED, decide_within_s=0.5),
}
"""Who asks gets its answer while the workpiece still lies there."""
SAMPLES = (Sample(good=True), Sample(good=False))


@dataclass
class Injected:
    """A fault that was: monotonic seconds of its begin and end, and when the station was ready again after that.

    peer: whom it happened to, where that was not the station itself.
    """

    name: str
    unready: bool
    begun_s: float
    ended_s: float
    ready_s: float | None = None
    peer: str = ""


@dataclass
class Outcome:
    """All that is known of a run: what was done, what the plant was shown and told, what was decided and recorded.

    wires: what the PLC saw in its registers and a subscriber at the broker, each line as those of the plant. retained:
    what the broker kept after each fault, by topic, and after the station's end. waiting: where inspections did not
    arrive once all was well, and how many. carried: ids in the plant's database, None where there is none; recorded:
    id and verdict of what is there, or on this machine. asked: when the PLC asked about each workpiece, as often as
    it did.
    """

    line: Line
    trigger: Trigger = Trigger.REST
    injected: list[Injected] = field(default_factory=list)
    plant: list[dict[str, Any]] = field(default_factory=list)
    decided: list[dict[str, Any]] = field(default_factory=list)
    recorded: dict[str, int] = field(default_factory=dict)
    corrupt: list[str] = field(default_factory=list)
    wires: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    retained: list[dict[str, Any]] = field(default_factory=list)
    waiting: dict[str, int] = field(default_factory=dict)
    carried: list[str] | None = None
    asked: dict[int, list[float]] = field(default_factory=dict)


class Mix:
    """Torments one station in a folder of its own; the service manager that restarts its supervisor is here, too.

    peers: whom it talks to; those that are not installed here have no faults. trigger: what begins its inspections; one
    that is asked needs serial numbers, and proves itself on samples.
    """

    def __init__(
        self, folder: Path, seed: int, peers: Peers, trigger: Trigger = Trigger.REST, faults: Sequence[Fault] = ALL
    ) -> None:
        self.folder = folder
        self.victims = Victims(folder, seed, peers)
        self.line = Line(seed)
        self.outcome = Outcome(self.line, trigger)
        self._peers = peers
        self._faults = [fault for fault in faults if fault.peer not in peers.missing]
        self._seed = seed
        self._supervisor: subprocess.Popen[bytes] | None = None
        self._read = 0
        make_bundle(folder / "bundle", self.line, trigger)

    def run(self, seconds: float) -> Outcome:
        """Torment it for so long, then let it end in order, and gather what is known."""
        try:
            self._until_ready()
            end_s = time.monotonic() + seconds
            while time.monotonic() < end_s:
                self._inject()
                self._wait(self._drawn(QUIET_S))
            self._until_ready()
            self._until_caught_up()
        finally:
            self._end()
        self._gather()
        return self.outcome

    def _inject(self) -> None:
        """One fault, or two of which the second begins while the first lasts; then wait until all is well again."""
        draw = self.victims.random
        first = draw.choice(self._faults)
        begun = [self._begin(first)]
        if draw.random() < SEVERAL:
            self._wait(self._drawn((0.0, 0.5)))
            others = [fault for fault in self._faults if fault.name.split()[0] != first.name.split()[0]]
            if others:
                begun.append(self._begin(draw.choice(others)))
        for fault, undo, injected in begun:
            self._wait(max(0.0, injected.begun_s + self._drawn(fault.hold_s) - time.monotonic()))
            undo()
            injected.ended_s = time.monotonic()
        self.outcome.retained.append(self._peers.retained())
        if any(injected.unready for _, _, injected in begun):
            self._until_told(begun[0][2].begun_s)
        ready_s = self._until_ready()
        for _, _, injected in begun:
            injected.ready_s = ready_s

    def _begin(self, fault: Fault) -> tuple[Fault, Undo, Injected]:
        now_s = time.monotonic()
        undo = fault.begin(self.victims)
        injected = Injected(fault.name, fault.unready, now_s, now_s, peer=fault.peer)
        self.outcome.injected.append(injected)
        return fault, undo, injected

    def _drawn(self, bounds: tuple[float, float]) -> float:
        return self.victims.random.uniform(*bounds)

    def _wait(self, seconds: float) -> None:
        """Meanwhile a supervisor that died is started again, as a service manager does."""
        end_s = time.monotonic() + seconds
        while True:
            if self._supervisor is None or self._supervisor.poll() is not None:
                command = [sys.executable, str(PLANT), str(self.folder), str(self._seed)]
                self._supervisor = subprocess.Popen(command)
                self.victims.supervisor = self._supervisor.pid
            if time.monotonic() >= end_s:
                return
            time.sleep(TICK_S)

    def _until_told(self, begun_s: float) -> None:
        """Else a station that has not noticed yet would be taken for one that has recovered."""
        end_s = time.monotonic() + TOLD_S
        while time.monotonic() < end_s:
            self._read_plant()
            if any(
                "ready" in line and not line["ready"] and line["t"] >= begun_s for line in self.outcome.plant[-500:]
            ):
                return
            self._wait(TICK_S)

    def _until_ready(self) -> float | None:
        """When the plant was shown, from now on, that the station is ready; None where that took too long."""
        since_s = time.monotonic()
        while time.monotonic() - since_s < RECOVERS_S:
            self._wait(TICK_S)
            self._read_plant()
            newest = next((line for line in reversed(self.outcome.plant) if "ready" in line), None)
            if newest is not None and newest["t"] >= since_s and newest["ready"]:
                return float(newest["t"])
        return None

    def _until_caught_up(self) -> None:
        """Until whoever is to get inspections has them all, and everybody sees what the station says."""
        since_s = time.monotonic()
        with closing(Records(self.folder / "records")) as records:
            while time.monotonic() - since_s < CAUGHT_UP_S:
                found = {name: backlog.waiting for name, backlog in records.destinations().items() if backlog.waiting}
                self.outcome.waiting = found
                if not found and all(seen and seen[-1]["t"] > since_s for seen in self._wires().values()):
                    return
                self._wait(10 * TICK_S)

    def _wires(self) -> dict[str, list[dict[str, Any]]]:
        subscriber = self._peers.subscriber
        return {PLC: self._peers.plc.seen} | ({} if subscriber is None else {BROKER: subscriber.seen})

    def _read_plant(self) -> None:
        path = self.folder / "plant.jsonl"
        if not path.exists():
            return
        with path.open("rb") as file:
            file.seek(self._read)
            text = file.read()
        whole = text[: text.rfind(b"\n") + 1]
        self._read += len(whole)
        self.outcome.plant += [json.loads(line) for line in whole.splitlines()]

    def _end(self) -> None:
        if self._supervisor is not None:
            self._supervisor.terminate()
            try:
                self._supervisor.wait(20)
            except subprocess.TimeoutExpired:
                self._supervisor.kill()
                self._supervisor.wait()

    def _gather(self) -> None:
        self._read_plant()
        journal = self.folder / "decided.jsonl"
        self.outcome.decided = [json.loads(line) for line in journal.read_text().splitlines()]
        records = self.folder / "records"
        self.outcome.corrupt = [path.name for path in records.glob("*.db") if not is_sound(path)]
        self.outcome.corrupt += [path.name for path in records.glob("*.damaged-*")]
        with closing(Records(records)) as kept:
            self._carried(kept)
            self._note(kept)
        self.outcome.wires = self._wires()
        self.outcome.retained.append(self._peers.retained())
        self.outcome.asked = self._peers.plc.asked

    def _note(self, records: Records) -> list[str]:
        """Take in what was recorded there; the ids of all of it."""
        kept = records.list()
        self.outcome.recorded |= {inspection.id: int(inspection.verdict) for inspection in kept}
        return [inspection.id for inspection in kept]

    def _carried(self, kept: Records) -> None:
        """What is in the plant's database, once it has what the very end left for the next start."""
        address = self._peers.address
        if address is None:
            return
        with closing(Carrier(kept, address, STATION)):
            end_s = time.monotonic() + RECOVERS_S
            while kept.destinations()[TO_PLANT].waiting and time.monotonic() < end_s:
                time.sleep(TICK_S)
        with closing(Records(kept.folder, address)) as carried:
            self.outcome.carried = self._note(carried)


def make_bundle(folder: Path, line: Line, trigger: Trigger) -> None:
    """A bundle that verifies, whose golden frames the made-up detector passes, and whose network nobody runs."""
    folder.mkdir(parents=True)
    (folder / "network.tflite").write_bytes(b"no network")
    goldens = []
    for number in range(1, 9):
        name = f"golden-{number}.png"
        cv2.imwrite(str(folder / name), np.asarray(line.picture(line.lies_from(number) + 0.1)))
        seen = (Sighting(component="part", score=0.9, xyxy=(0, 0, 8, 8)),) if line.good(number) else ()
        goldens.append(Golden(file=name, sightings=seen))
    recipe = Recipe(name="box", components=(Component(name="part"),), vote=VOTES[trigger])
    if trigger is Trigger.ASKED:
        number = Serial(pattern="W[0-9]+", needed=True)
        recipe = recipe.model_copy(update={"samples": SAMPLES, "serial": number})
    files = {path.name: sha256(path) for path in folder.iterdir()}
    nothing = dict.fromkeys(Ledger.model_fields.keys() - {"first", "rounds"}, 0)
    manifest = Manifest(
        id="bundle",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        recipe=recipe,
        dataset="d",
        recordings=(),
        input_size=(32, 32),
        frame_size=SIZE,
        thresholds={"part": 0.5},
        ledger=Ledger(**nothing),
        packages={},
        golden=tuple(goldens),
        files=files,
    )
    write_manifest(folder, manifest)
