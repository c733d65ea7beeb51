"""The picture that regions are drawn on, where it comes from, and where the chosen region lies."""

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from PyQt5.QtCore import Qt, pyqtSlot
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from inspector.errors import InspectorError
from inspector.recipe import Label
from inspector.settings import Workspace
from inspector.sketch import Box, Sketch
from ui import theme
from ui.engine_words import translated
from ui.errands import Errands
from ui.outlook import Outlook
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

View = tuple[str, str]
"""A recipe's name, and one of its cameras."""


class RegionPanel(QWidget):
    """Canvas, coordinates and the choice of a picture. Of which recipe it is, is told by `open`, and then what is in it
    by `show_sketch`. Of several cameras it shows the one that sees the chosen component.
    """

    def __init__(self, workspace: Workspace, source: str) -> None:
        super().__init__()
        self._workspace, self._recipe = workspace, ""
        self._recorded: frozenset[str] = frozenset()
        self._view: View = ("", "")
        self._seen: tuple[str, ...] | None = None
        self._asked, self._has_recordings = 0, False
        self._pictures: dict[View, Image] = {}
        self._outlook = Outlook(workspace)
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
        self.caption = QLabel(self.tr("Picture"))
        self.caption.setObjectName("caption")
        self.caption.setBuddy(self.source)
        self._row.addWidget(self.take, 1)
        self._row.addWidget(self.recorded, 1)
        for widget in (self.caption, self.source):
            self._column.addWidget(widget)
        self._column.addLayout(self._row)
        self.notice.setParent(self)

    # The picture

    def open(self, recipe: str, recorded: Iterable[Label]) -> None:
        """Another recipe, or another recording of it. Args: recorded: of what there are any."""
        self._recipe, self._recorded = recipe, frozenset(label.component for label in recorded)

    def keep(self, recipes: Collection[str]) -> None:
        """The pictures of others, which are gone, are not kept."""
        self._pictures = {view: picture for view, picture in self._pictures.items() if view[0] in recipes}

    def _look(self, camera: str, seen: tuple[str, ...] | None) -> None:
        """Another camera, or its first recording: the picture shown of it last, else one out of its recordings.

        seen: the components that it sees; None for all.
        """
        view: View = (self._recipe, camera)
        has_recordings = bool(self._recorded if seen is None else self._recorded.intersection(seen))
        first_recorded = has_recordings and not self._has_recordings and view not in self._pictures
        self._has_recordings, self._seen = has_recordings, seen
        self.recorded.setEnabled(has_recordings and self.take.isEnabled())
        if view == self._view and not first_recorded:
            return
        self._view = view
        self._turn(camera)
        if view in self._pictures:
            self._asked += 1
            self._settle()
            self.canvas.set_picture(self._pictures[view])
        else:
            self.canvas.set_picture(None)
            self.load_recorded()

    def _turn(self, camera: str) -> None:
        """The source is that camera's."""
        if camera != self._outlook.camera:
            self.source.choose(self._outlook.turn(camera, self.source.source))
        told = self.tr("Picture of the camera “%1”").replace("%1", camera)
        self.caption.setText(told if camera else self.tr("Picture"))

    @pyqtSlot()
    def load_recorded(self) -> None:
        recordings, recipe, seen = self._workspace.recordings, self._recipe, self._seen

        def load() -> "Frame | None":
            from inspector.capture.snapshot import recorded_picture

            return recorded_picture(recordings, recipe, seen)

        self._ask(load)

    @pyqtSlot()
    def snap(self) -> None:
        source = self.source.source

        def load() -> "Frame | None":
            from inspector.capture.snapshot import snapshot

            return snapshot(source)

        if source:
            self._ask(load)
        elif self._outlook.fault:
            self._say(self.tr("No picture came"), self._outlook.fault)

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
            self._pictures[self._view] = frame.image
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
        """Show the regions of a recipe, and the chosen component's with handles; of several cameras those that are seen
        by the same one.
        """
        components = sketch.components if sketch else []
        camera = self._camera_of([str(component["camera"]) for component in components], current)
        regions = [
            (str(component["name"]), _box(component["region"]) if component["camera"] == camera else None)
            for component in components
        ]
        self.canvas.set_regions(regions, current, sketch.drawn_on(camera) if sketch else None)
        several = sketch is not None and bool(sketch.values["cameras"])
        self._look(camera, tuple(str(one["name"]) for one in sketch.seen_by(camera)) if sketch and several else None)
        self._show()

    def _camera_of(self, cameras: list[str], current: int) -> str:
        """That of the chosen component; where none is chosen, it stays. Args: cameras: of each component."""
        if 0 <= current < len(cameras):
            return cameras[current]
        return self._view[1] if self._view[1] in cameras else next(iter(cameras), "")

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
        width = max(1, min(round(em * 26), room.width() - 2 * em))
        self.notice.setFixedWidth(width)
        # Not adjustSize: that goes by the width that the words would like best.
        self.notice.resize(width, self.notice.heightForWidth(width))
        self.notice.move(room.center().x() - self.notice.width() // 2, room.center().y() - self.notice.height() // 2)


def _box(region: object) -> Box | None:
    if not isinstance(region, list | tuple):
        return None
    left, top, right, bottom = (float(value) for value in region)
    return left, top, right, bottom


def _by(size: tuple[int, int] | None) -> str:
    return "{}x{}".format(*size) if size else ""
