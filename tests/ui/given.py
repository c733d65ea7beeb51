"""What pages of the bench are tried on: a command whose lines the test says, a desk, bundles without a network."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import QObject, pyqtSignal
from pytestqt.qtbot import QtBot

from inspector.bundle import Ledger, Manifest, Round, Search, write_manifest
from inspector.capture.simulator import SIMULATOR_RECIPE
from inspector.files import write_document
from inspector.frame import utc_now
from inspector.people.audit import audit_of
from inspector.people.role import Deed, Role
from inspector.people.session import ENTERED
from inspector.people.staff import Staff
from inspector.recipe import Recipe
from inspector.settings import Workspace
from inspector.validation.account import Account, Fired, Kind, Mistake, Row, Seen, Share, write_account
from tests.people.cheap import cheap_pins
from ui import theme
from ui.desk import Desk
from ui.widgets.pin_pad import PinPad

RECIPE = SIMULATOR_RECIPE


def give_pin(pad: PinPad, pin: str) -> None:
    """On the keys of the pad: typed as fast as a program types, it would be a scanned code."""
    for digit in pin:
        pad.keys[digit].click()
    pad.enter.click()


PINS = {"ann": "481516", "tom": "271828"}


def register(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ann, an engineer, and Tom, a technician."""
    cheap_pins(monkeypatch)
    for name, role in (("ann", Role.ENGINEER), ("tom", Role.TECHNICIAN)):
        Staff(place).add("ann", name, role, PINS[name])


def deeds(place: Workspace) -> list[tuple[str, str]]:
    """What the audit log says who did, but for who came and who was registered."""
    return [(one.who, one.deed) for one in audit_of(place).entries() if one.deed not in (ENTERED, Deed.PEOPLE)]


def say_who(qtbot: QtBot, page: Any, pad: PinPad, name: str) -> None:
    """Choose the name and give the PIN that is asked for."""
    assert pad.isVisible()
    pad.name.setCurrentText(name)
    give_pin(pad, PINS[name])
    qtbot.waitUntil(lambda: not (pad.isVisible() or page.errands.busy))


def settle(qtbot: QtBot, page: Any) -> None:
    """Wait until nothing of the page runs on a thread of its own."""
    qtbot.waitUntil(lambda: not page.errands.busy)


def open_page(qtbot: QtBot, page: Any) -> None:
    """Bring a page of 1085x770 into view, until it is closed in order at the test's end."""
    page.desk.setParent(page)

    def close(page: Any) -> None:
        with qtbot.waitSignal(page.ended):
            page.close_down()

    qtbot.addWidget(page, before_close_func=close)
    page.setStyleSheet(theme.style_sheet(15))
    page.scale(15)
    page.resize(1085, 770)
    page.show()
    page.enter()
    settle(qtbot, page)


class SaidCommand(QObject):
    """Notes what it is started with, and says what the test says."""

    told = pyqtSignal(dict)
    ended = pyqtSignal(int, str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.started: list[tuple[str, ...]] = []
        self.running, self.cancelled, self.ended_at_once = False, 0, 0
        self.patience: list[int | None] = []

    def start(self, *arguments: str) -> None:
        self.started.append(arguments)
        self.running = True

    def cancel(self, patience_ms: int | None = 1) -> None:
        self.cancelled += self.running
        self.patience.append(patience_ms)

    def end(self) -> None:
        self.ended_at_once += 1
        self.finish(143)

    def finish(self, code: int = 0, sentence: str = "") -> None:
        """It ends, and says so."""
        self.running = False
        self.ended.emit(code, sentence)


def desk_of(place: Workspace, recipe: Recipe | None = RECIPE) -> Desk:
    """A desk on a workspace with that recipe."""
    place.recipes.mkdir(parents=True, exist_ok=True)
    if recipe is not None:
        write_document(place.recipes / f"{recipe.name}.yaml", recipe)
    return Desk(place)


def shelve(place: Workspace, name: str, **known: object) -> Manifest:
    """A bundle of which only the manifest is there: who compares bundles reads no network."""
    ledger = Ledger(
        images_with_boxes=106,
        empty_images=29,
        empty_images_drawn=240,
        negatives_in_loss=318_204,
        negatives_in_loss_from_empty=3872,
        first=Search(frames=299, found=118, highest=0.22),
        rounds=(Round(before=search(118), after=search(4), fresh=search(1), taken=("a/1", "a/2"), steps=15),),
    )
    manifest = Manifest.model_validate(
        {
            "id": name,
            "created_at": utc_now(),
            "recipe": RECIPE,
            "dataset": "d-1",
            "recordings": ("a", "b"),
            "input_size": (256, 192),
            "thresholds": {component.name: 0.41 for component in RECIPE.components},
            "training": {"preset": "quick", "family": "ssd", "backbone": "compact", "steps": 60, "seconds": 201.3},
            "ledger": ledger,
            "packages": {},
            "files": {"network.tflite": "0"},
            **known,
        }
    )
    (place.bundles / name).mkdir(parents=True)
    write_manifest(place.bundles / name, manifest)
    return manifest


def search(found: int) -> Search:
    return Search(frames=299, found=found, highest=0.2)


def picture(folder: Path, name: str) -> str:
    """A grey picture of 160x120 on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(folder / name), np.full((120, 160, 3), 120, np.uint8))
    return str(folder / name)


def account_for(place: Workspace, bundle: str) -> Account:
    """A validation with an escape and an overkill, and two things seen where nothing is, one of which counts."""
    pictures = [picture(place.recordings / "a", f"{number}.png") for number in range(4)]
    box = (10.0, 10.0, 60.0, 40.0)
    lamp = {"component": "screw", "pattern": "on", "xyxy": box}
    mistake = {"size": (160, 120), "component": "screw"}
    account = Account(
        bundle=bundle,
        recipe=RECIPE.name,
        made_at=utc_now(),
        frames=39,
        tuned=20,
        sources=("39 by maria",),
        rows=(
            Row(
                component="screw",
                working=0.41,
                overkill=Share(k=1, n=11, low=0.002, high=0.413),
                escapes=Share(k=0, n=11, low=0.0, high=0.285),
                negatives=0,
                false_detections=0,
            ),
            Row(
                component="tape",
                working=0.5,
                overkill=Share(k=0, n=0, low=0.0, high=1.0),
                escapes=Share(k=1, n=11, low=0.002, high=0.413),
                negatives=11,
                false_detections=1,
                highest_on_negative=0.8,
            ),
        ),
        mistakes=(
            Mistake(
                **mistake,
                frame="a/0.png",
                picture=pictures[0],
                kind=Kind.ESCAPE,
                score=0.8,
                seen=(Seen(**lamp, score=0.8, counts=True, right=False),),
            ),
            Mistake(
                **mistake,
                frame="a/1.png",
                picture=pictures[1],
                kind=Kind.OVERKILL,
                score=0.2,
                reason="3 found, 4 expected",
                seen=(Seen(**lamp, score=0.2, counts=False, right=False),),
                missed=({**lamp, "score": 0.0},),
            ),
        ),
        mistakes_in_all=2,
        fired=(
            Fired(
                frame="a/2.png",
                picture=pictures[2],
                size=(160, 120),
                seen={"component": "tape", "score": 0.8, "xyxy": box},
                counts=True,
            ),
            Fired(
                frame="a/3.png",
                picture=pictures[3],
                size=(160, 120),
                seen={"component": "tape", "score": 0.2, "xyxy": box},
                counts=False,
                known=True,
            ),
        ),
        fired_in_all=2,
    )
    write_account(place.reports, account)
    return account
