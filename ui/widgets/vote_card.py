"""What is rarely changed of a recipe: how many frames decide, when, and which picture the regions were drawn on."""

from collections.abc import Mapping
from typing import Any

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from inspector.recipe import Trigger
from inspector.sketch import Fault, Sketch
from inspector.yaml_lines import Place
from ui import theme
from ui.widgets.deed import Segments, Stepper
from ui.widgets.field import Field, Words

MOST = 1000
TRIGGERS = (Trigger.CONTINUOUS, Trigger.REST, Trigger.ASKED, Trigger.WORKPIECE)


class VoteCard(QFrame):
    """wanted: a change, and what is being typed if it is."""

    wanted = pyqtSignal(object, object)
    paused = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.trigger = Segments(
            (
                self.tr("All the time"),
                self.tr("When it comes to rest"),
                self.tr("When asked"),
                self.tr("Once per workpiece"),
            ),
            columns=2,
        )
        self.agree, self.frames, self.within = Stepper(1, MOST), Stepper(1, MOST), Words()
        self.picture = QLabel()
        self.fields: dict[Place, Field] = {
            ("vote", "trigger"): Field(self.tr("It judges"), self.trigger),
            ("vote", "agree"): Field(self.tr("Frames that must agree"), self.agree),
            ("vote", "frames"): Field(self.tr("Out of how many"), self.frames),
            ("vote", "decide_within_s"): Field(
                self.tr("Decide within"), self.within, self.tr("Seconds; then it is unsure")
            ),
            ("frame_size",): Field(self.tr("Picture"), self.picture, self.tr("Regions are in its pixels")),
        }
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        trigger, agree, frames, within, size = self.fields.values()
        self._column, self._grid = QVBoxLayout(self), QGridLayout()
        self._column.addWidget(trigger)
        self._column.addLayout(self._grid)
        for number, field in enumerate((agree, frames, within, size)):
            self._grid.addWidget(field, number // 2, number % 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self.trigger.chosen.connect(lambda number: self._set(("vote", "trigger"), TRIGGERS[number].value))
        self.agree.edited.connect(lambda number: self._set(("vote", "agree"), number, typed=True))
        self.frames.edited.connect(lambda number: self._set(("vote", "frames"), number, typed=True))
        self.within.textEdited.connect(lambda text: self._set(("vote", "decide_within_s"), text.strip(), typed=True))
        self.within.editingFinished.connect(self.paused)

    def _set(self, place: Place, value: Any, typed: bool = False) -> None:
        def edit(sketch: Sketch) -> Sketch:
            return sketch.with_value(place, value)

        self.wanted.emit(edit, place if typed else None)

    def show_recipe(self, values: Mapping[str, Any], faults: Mapping[Place, Fault]) -> set[Place]:
        """Show the values and what is wrong with them. Returns: the places at which a fault is shown."""
        vote = values["vote"]
        self.trigger.choose(TRIGGERS.index(Trigger(vote["trigger"])))
        self.agree.show_value(vote["agree"])
        self.frames.show_value(vote["frames"])
        within = vote["decide_within_s"]
        text = f"{within:g}" if isinstance(within, float) else str(within)
        if self.within.text().strip() != text:
            self.within.setText(text)
        size = values["frame_size"]
        self.picture.setText("{}x{}".format(*size) if size else self.tr("of any size"))
        for place, field in self.fields.items():
            field.say(faults[place].text if place in faults else "")
        return set(self.fields)

    def scale(self, em: int) -> None:
        edge = round(em * theme.GAP_M)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(round(em * theme.GAP_S))
        self._grid.setHorizontalSpacing(edge)
        self._grid.setVerticalSpacing(round(em * theme.GAP_S))
        self.picture.setFixedHeight(round(em * (theme.TOUCH - 0.1)))
        for stepper in (self.agree, self.frames):
            stepper.less.scale()
            stepper.more.scale()
