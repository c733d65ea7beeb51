"""One component of a recipe: a line that sums it up and, opened, everything that can be said of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector.recipe import Mode
from inspector.sketch import Fault, Recorded, Sketch, fixed, fixed_pattern
from inspector.yaml_lines import Place
from ui import theme
from ui.widgets.camera_field import CameraField
from ui.widgets.card_head import CardHead, coordinates, summary
from ui.widgets.deed import Deed, Segments, Stepper
from ui.widgets.field import Field, Remark, Words
from ui.widgets.pattern_row import PatternRow
from ui.widgets.shapes import Sign

MODES = (Mode.DETECTION, Mode.CLASSIFICATION)
MOST = 1000


class ComponentCard(QFrame):
    """wanted: a change, and what is being typed if it is. opened: the head was pressed. moved: so many places down.

    removed: it shall go. asked_to_draw: its region. paused: what was typed is done.
    """

    wanted = pyqtSignal(object, object)
    opened = pyqtSignal()
    moved = pyqtSignal(int)
    removed = pyqtSignal()
    asked_to_draw = pyqtSignal()
    paused = pyqtSignal()

    def __init__(self, index: int) -> None:
        super().__init__()
        self.setObjectName("card")
        self.index = index
        self.head, self.body = CardHead(), QWidget()
        self.rows: list[PatternRow] = []
        self._build_fields()
        self._build_deeds()
        self._arrange()
        self._connect()
        self.body.hide()

    # What it is made of

    def _build_fields(self) -> None:
        self.name = Words()
        self.name_field = Field(self.tr("Name"), self.name)
        self.camera = CameraField()
        self.mode = Segments((self.tr("Detection"), self.tr("Detection + classification")))
        self.mode_field = Field(self.tr("How it is judged"), self.mode)
        self.count = Stepper(0, MOST)
        self.count_field = Field(self.tr("How many"), self.count)
        self.threshold = Words()
        self.threshold.setPlaceholderText(self.tr("chosen by training"))
        hint = self.tr("The least score that counts, between 0 and 1")
        self.threshold_field = Field(self.tr("Threshold"), self.threshold, hint)
        self.turns = QCheckBox(self.tr("May lie mirrored or at any quarter turn"))
        self.patterns_label = QLabel(self.tr("Patterns"))
        self.patterns_label.setObjectName("caption")
        self.patterns_remark = Remark()
        self.patterns_remark.keeps_place = False

    def _build_deeds(self) -> None:
        self.draw = QPushButton(self.tr("Draw"))
        self.free = Deed(Sign.CROSS, self.tr("It may be anywhere"), shown=False)
        region, row = QWidget(), QHBoxLayout()
        region.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.draw, 1)
        row.addWidget(self.free)
        self.region_field = Field(self.tr("Region"), region)
        self.add_pattern = Deed(Sign.PLUS, self.tr("Add a pattern"))
        self.more = Deed(Sign.DOWN, self.tr("More"))
        self.up = Deed(Sign.UP, self.tr("Move up"), shown=False)
        self.down = Deed(Sign.DOWN, self.tr("Move down"), shown=False)
        self.remove = Deed(Sign.BIN, self.tr("Remove"))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.body)
        self._patterns = QVBoxLayout()
        self._patterns.setSpacing(2)
        self._body = QVBoxLayout(self.body)
        for part in (self.name_field, self.camera, self.mode_field, self.patterns_label):
            self._body.addWidget(part)
        self._body.addLayout(self._patterns)
        self._body.addWidget(self.patterns_remark)
        self._body.addWidget(self.add_pattern, 0, Qt.AlignLeft)
        self._body.addLayout(self._count_and_region())
        self._body.addWidget(self.turns)
        self._body.addWidget(self.threshold_field)
        foot = QHBoxLayout()
        for deed in (self.more, self.up, self.down, self.remove):
            foot.addWidget(deed)
        foot.insertStretch(1, 1)
        self._body.addLayout(foot)

    def _count_and_region(self) -> QGridLayout:
        grid = QGridLayout()
        grid.addWidget(self.count_field, 0, 0, Qt.AlignTop)
        grid.addWidget(self.region_field, 0, 1, Qt.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._grid = grid
        return grid

    def _connect(self) -> None:
        self.head.clicked.connect(self.opened)
        self.name.textEdited.connect(lambda text: self._set(("name",), text, typed=True))
        self.camera.chosen.connect(lambda name: self._want(lambda s: s.with_camera(self.index, name)))
        self.mode.chosen.connect(lambda number: self._want(lambda s: s.with_mode(self.index, MODES[number])))
        self.count.edited.connect(lambda number: self._set(("count",), number, typed=True))
        self.threshold.textEdited.connect(lambda text: self._set(("threshold",), text.strip() or None, typed=True))
        self.turns.clicked.connect(lambda on: self._set(("turns",), on))
        self.add_pattern.clicked.connect(lambda: self._want(lambda s: s.with_pattern(self.index)))
        self.draw.clicked.connect(self.asked_to_draw)
        self.free.clicked.connect(lambda: self._want(lambda s: s.without_region(self.index)))
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.remove.clicked.connect(self.removed)
        self.more.clicked.connect(self._show_more)
        for line in (self.name, self.threshold):
            line.editingFinished.connect(self.paused)

    # What a person does

    def _want(self, edit: Callable[[Sketch], Sketch], about: Place | None = None) -> None:
        self.wanted.emit(edit, about)

    def _set(self, place: Place, value: Any, typed: bool = False) -> None:
        whole: Place = ("components", self.index, *place)
        self._want(lambda sketch: sketch.with_value(whole, value), whole if typed else None)

    def _show_more(self) -> None:
        self.set_more(self.threshold_field.isHidden())

    def set_more(self, shown: bool) -> None:
        """Show what is rarely needed, or hide it."""
        self.more.set_sign(Sign.UP if shown else Sign.DOWN)
        for part in (self.turns, self.threshold_field):
            part.setVisible(shown)

    # What is shown

    def set_open(self, opened: bool) -> None:
        self.head.setChecked(opened)
        self.body.setVisible(opened)
        self.head.update()

    def show_component(
        self,
        values: Mapping[str, Any],
        faults: Mapping[Place, Fault],
        recorded: Recorded,
        last: bool,
        cameras: Sequence[str] = (),
    ) -> set[Place]:
        """Show the values and what is wrong with them.

        Args: faults: by their place in the component; last: nothing follows; cameras: the recipe's, where it has
        several.
        Returns: the places at which a fault is shown.
        """
        # While a name is being typed it may be that of something recorded before, and go on.
        held = "" if self.name.hasFocus() else fixed(str(values["name"]), recorded)
        self._show_name(values, _at(faults, "name"), held)
        self.camera.show_camera(str(values["camera"]), cameras, _at(faults, "camera"), bool(held))
        self._show_patterns(values, faults, recorded, held)
        self.count.show_value(_whole(values["count"]))
        nothing = self.tr("It must not be there") if values["count"] == 0 else ""
        self.count_field.say(_at(faults, "count"), nothing)
        self._show_region(values["region"], _at(faults, "region"))
        self.turns.setChecked(bool(values["turns"]))
        threshold = "" if values["threshold"] is None else str(values["threshold"])
        if self.threshold.text().strip() != threshold:
            self.threshold.setText(threshold)
        self.threshold_field.say(_at(faults, "threshold"))
        self.remove.setEnabled(not held and not (last and self.index == 0))
        self.up.setEnabled(self.index > 0)
        self.down.setEnabled(not last)
        self.head.tell(str(values["name"]), summary(values), bool(faults))
        shown: set[Place] = {("name",), ("mode",), ("patterns",), ("count",), ("region",), ("threshold",)}
        shown |= {("camera",)} if cameras else set()
        shown |= {("patterns", number, "name") for number in range(len(self.rows))}
        if ("threshold",) in faults:
            self.set_more(True)
        return shown

    def _show_name(self, values: Mapping[str, Any], fault: str, held: str) -> None:
        if self.name.text() != values["name"]:
            self.name.setText(values["name"])
        self.name.setEnabled(not held)
        self.name_field.say(fault, held)

    def _show_patterns(
        self, values: Mapping[str, Any], faults: Mapping[Place, Fault], recorded: Recorded, held: str
    ) -> None:
        number = MODES.index(Mode(values["mode"]))
        self.mode.choose(number)
        self.mode.setEnabled(not held)
        says = (
            self.tr("Can be anywhere, and is there or not."),
            self.tr("Has looks that pass and looks that fail."),
        )
        self.mode_field.say(_at(faults, "mode"), says[number])
        patterns = values["patterns"]
        self._keep_rows(len(patterns))
        for row, (index, pattern) in zip(self.rows, enumerate(patterns), strict=True):
            why = "" if row.name.hasFocus() else fixed_pattern(str(values["name"]), str(pattern["name"]), recorded)
            row.show_pattern(pattern, _at(faults, "patterns", index, "name"), why)
        self.patterns_remark.say("", _at(faults, "patterns"))
        for part in (self.patterns_label, self.add_pattern, self.patterns_remark):
            part.setVisible(Mode(values["mode"]) is Mode.CLASSIFICATION)

    def _keep_rows(self, count: int) -> None:
        """As many rows as there are patterns; those that stay keep the focus."""
        while len(self.rows) > count:
            row = self.rows.pop()
            row.hide()
            row.deleteLater()
        while len(self.rows) < count:
            self._add_row(len(self.rows))

    def _add_row(self, number: int) -> None:
        row = PatternRow()
        row.renamed.connect(lambda text: self._set(("patterns", number, "name"), text, typed=True))
        row.turned.connect(lambda passes: self._set(("patterns", number, "passes"), passes))
        row.removed.connect(lambda: self._want(lambda s: s.without_pattern(self.index, number)))
        row.name.editingFinished.connect(self.paused)
        self.rows.append(row)
        self._patterns.addWidget(row)

    def _show_region(self, region: Any, fault: str) -> None:
        self.draw.setText(self.tr("Show") if region else self.tr("Draw"))
        self.free.setVisible(bool(region))
        self.region_field.say(fault, coordinates(region) if region else self.tr("Anywhere in the picture"))

    def scale(self, em: int) -> None:
        edge = round(em * theme.GAP_M)
        self._body.setContentsMargins(edge, 0, edge, edge)
        self._body.setSpacing(round(em * theme.GAP_S))
        self._grid.setHorizontalSpacing(edge)
        self.head.updateGeometry()
        for row in self.rows:
            row.scale()
        for deed in self.findChildren(Deed):
            deed.scale()


def _at(faults: Mapping[Place, Fault], *place: str | int) -> str:
    fault = faults.get(place)
    return fault.text if fault else ""


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0
