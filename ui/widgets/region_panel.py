"""The picture that regions are drawn on, where it comes from, and where the chosen region lies."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PyQt5.QtCore import Qt, pyqtSlot
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from inspector.errors import InspectorError
from inspector.settings import Workspace
from inspector.sketch import Box, Sketch
from ui import theme
from ui.engine_words import translated
from ui.errands import Errands
from ui.stations import Advice
from ui.widgets.card_head import coordinates
from ui.widgets.choice import SourceChoice
from ui.widgets.deed import Deed
from ui.widgets.line import Line
from ui.widgets.notice import Notice
from ui.widgets.region_canvas import RegionCanvas
from ui.widgets.shapes import Sign

if TYPE_CHECKING:
    from inspector.frame import Frame, Image


class RegionPanel(QWidget):
    """Canvas, coordinates and the choice of a picture. Of which recipe it is, is told by `open`."""

    def __init__(self, workspace: Workspace, source: str) -> None:
        super().__init__()
        self._workspace, self._recipe = workspace, ""
        self._asked, self._has_recordings = 0, False
        self._pictures: dict[str, Image] = {}
        self.errands = Errands("picture", self)
        self.canvas, self.notice = RegionCanvas(), Notice()
        self.where = Line(Qt.AlignLeft, theme.BODY, theme.TEXT)
        self.hint = Line(Qt.AlignLeft, theme.SMALL, theme.MUTED)
        self.free = Deed(Sign.BIN, self.tr("Remove the region"), shown=False)
        sources = dict.fromkeys((source, "simulator", "usb:0", "usb:1"))
        self.source = SourceChoice(tuple(sources))
        self.source.setAccessibleName(self.tr("Source of the picture"))
        self.source.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.take = QPushButton(self.tr("Take a picture"))
        self.recorded = QPushButton(self.tr("From a recording"))
        self._arrange()
        self.take.clicked.connect(self.snap)
        self.recorded.clicked.connect(self.load_recorded)
        self.canvas.dragging.connect(self._follow)

    def _arrange(self) -> None:
        self._column, self._row, told = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.canvas, 1)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.where)
        lines.addWidget(self.hint)
        told.addLayout(lines, 1)
        told.addWidget(self.free)
        self._column.addLayout(told)
        label = QLabel(self.tr("Picture"))
        label.setObjectName("caption")
        label.setBuddy(self.source)
        self._row.addWidget(self.take, 1)
        self._row.addWidget(self.recorded, 1)
        for widget in (label, self.source):
            self._column.addWidget(widget)
        self._column.addLayout(self._row)
        self.notice.setParent(self)

    # The picture

    def open(self, recipe: str, has_recordings: bool) -> None:
        """Another recipe, or its first recording: the picture shown of it last, else one out of its recordings."""
        first_recorded = has_recordings and not self._has_recordings and recipe not in self._pictures
        self._has_recordings = has_recordings
        self.recorded.setEnabled(has_recordings)
        if recipe == self._recipe and not first_recorded:
            return
        self._recipe = recipe
        if recipe in self._pictures:
            self._asked += 1
            self._settle()
            self.canvas.set_picture(self._pictures[recipe])
        else:
            self.canvas.set_picture(None)
            self.load_recorded()

    def keep(self, recipes: Collection[str]) -> None:
        """The pictures of others, which are gone, are not kept."""
        self._pictures = {name: picture for name, picture in self._pictures.items() if name in recipes}

    @pyqtSlot()
    def load_recorded(self) -> None:
        recordings, recipe = self._workspace.recordings, self._recipe

        def load() -> "Frame | None":
            from inspector.capture.snapshot import recorded_picture

            return recorded_picture(recordings, recipe)

        self._ask(load)

    @pyqtSlot()
    def snap(self) -> None:
        source = self.source.source

        def load() -> "Frame | None":
            from inspector.capture.snapshot import snapshot

            return snapshot(source)

        if source:
            self._ask(load)

    def _ask(self, load: "Callable[[], Frame | None]") -> None:
        """What was asked for last is shown."""
        self._asked += 1
        number = self._asked
        self.take.setEnabled(False)
        self.recorded.setEnabled(False)
        self._say(self.tr("Waiting for a picture…"), self.tr("A camera takes a moment to open."))
        self.errands.run(
            load, lambda frame: self._show_frame(number, frame), lambda error: self._show_failure(number, error)
        )

    def _show_frame(self, number: int, frame: "Frame | None") -> None:
        if number != self._asked:
            return
        self._settle()
        if frame is not None:
            self._pictures[self._recipe] = frame.image
            self.canvas.set_picture(frame.image)
        else:
            self._say(
                self.tr("No picture yet"),
                self.tr("Regions are drawn on a picture: take one with the camera, or choose a file below."),
            )
        self._show()

    def _show_failure(self, number: int, error: InspectorError) -> None:
        if number == self._asked:
            self._settle()
            self._say(self.tr("No picture came"), translated(error))

    def _settle(self) -> None:
        self.take.setEnabled(True)
        self.recorded.setEnabled(self._has_recordings)
        self.notice.set_advice(None)

    def _say(self, title: str, text: str) -> None:
        self.notice.set_advice(Advice(title, text))
        self._place()

    # The regions

    def show_sketch(self, sketch: Sketch | None, current: int) -> None:
        """Show the regions of a recipe, and the chosen component's with handles."""
        components = sketch.components if sketch else []
        regions = [(str(component["name"]), _box(component["region"])) for component in components]
        size = sketch.frame_size if sketch and sketch.has_regions else None
        self.canvas.set_regions(regions, current, size)
        self._show()

    @pyqtSlot(object)
    def _follow(self, held: Box | None) -> None:
        self._show()

    def _show(self) -> None:
        region, name = self.canvas.region(), self.canvas.current_name
        self.free.setEnabled(region is not None and self.canvas.fits)
        self.hint.set_text("")
        if not self.canvas.fits:
            text = self.tr("The regions were drawn on %1, this picture is %2. Choose one of that size, or remove them.")
            self.where.set_text(
                text.replace("%1", _by(self.canvas.frame_size)).replace("%2", _by(self.canvas.picture_size))
            )
        elif region is not None:
            wide, high = round(region[2] - region[0]), round(region[3] - region[1])
            self.where.set_text(f"{name}: {coordinates([round(value) for value in region])}  ({wide} x {high})")
            self.hint.set_text(self.tr("Arrows move it, Ctrl resizes, Shift by ten, Del removes"))
        elif name and self.canvas.picture_size is not None:
            self.where.set_text(self.tr("%1 may be anywhere").replace("%1", name))
            self.hint.set_text(self.tr("Draw on the picture where its centre must lie"))
        else:
            self.where.set_text("")

    def scale(self, em: int) -> None:
        gap = round(em * theme.GAP_S)
        self._column.setSpacing(gap)
        self._row.setSpacing(gap)
        self.notice.scale(em)
        self.free.scale()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)

    def _place(self) -> None:
        """The notice stands in the middle of the picture."""
        em, room = theme.em_of(self), self.canvas.geometry()
        self.notice.setFixedWidth(max(1, min(round(em * 26), room.width() - 2 * em)))
        self.notice.adjustSize()
        self.notice.move(room.center().x() - self.notice.width() // 2, room.center().y() - self.notice.height() // 2)


def _box(region: object) -> Box | None:
    if not isinstance(region, list | tuple):
        return None
    left, top, right, bottom = (float(value) for value in region)
    return left, top, right, bottom


def _by(size: tuple[int, int] | None) -> str:
    return "{}x{}".format(*size) if size else ""
