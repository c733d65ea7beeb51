"""On paper, as reportlab draws it: bars of what goes wrong, a p-chart, and the pictures that decided."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.lib import colors
from reportlab.platypus import Flowable, Image, Paragraph

from inspector.inspection.records import evidence
from inspector.inspection.records.control import Chart, Point, Side
from inspector.inspection.records.letters import letters, styles
from inspector.inspection.records.pareto import Bar, Pareto
from inspector.inspection.records.words import ENGLISH, Words

WIDTH, ROW, HEIGHT = 450.0, 16.0, 150.0
NAMES, COUNTS = 150.0, 70.0
LEFT, BOTTOM, TOP = 34.0, 22.0, 8.0
BAR, INK, FAINT, OUTSIDE = (colors.HexColor(code) for code in ("#4c545b", "#1b1e21", "#bfc6cc", "#b2182b"))
SMALL = 7.5
LONGEST_NAME = 34


def name_of(bar: Bar, words: Words) -> str:
    """What a bar is about, in a few words: a failing pattern that was seen has its own name."""
    match bar.kind:
        case "missing":
            return words.phrase("%1: missing", bar.component)
        case "extra":
            return words.phrase("%1: too many", bar.component)
        case "doubtful":
            return words.phrase("%1: doubtful", bar.component)
        case "undecided":
            return words.phrase("%1: pictures did not agree", bar.component)
        case "unjudged":
            return words.phrase("%1: not judged", bar.component)
    return f"{bar.component} {bar.pattern}" if bar.pattern else bar.component


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def text_of(text: str, style: str = "BodyText") -> Paragraph:
    """The text as it is, with nothing in it taken for markup."""
    return Paragraph(escape(text), styles()[style])


def drawn_pictures(
    pictures: Mapping[str, Path], longest: int, room: tuple[int, int], words: Words
) -> Iterator[Flowable]:
    """Each with its boxes, and above it the name of its camera where there are several.

    Args: pictures: by camera; longest: pixels of the longer side at most; room: points that each may take.
    """
    for camera, path in pictures.items():
        if len(pictures) > 1:
            yield text_of(words.phrase("Camera %1", camera))
        jpeg = evidence.drawn(path, longest)
        if jpeg:
            yield Image(BytesIO(jpeg), *room, "proportional")
        else:
            yield text_of(words.phrase("Its picture is not kept here."))


def drawn_pareto(found: Pareto, words: Words = ENGLISH) -> Drawing:
    """A row for each bar: its name, its bar, how often, and the share that it makes up with those above."""
    drawing = Drawing(WIDTH, ROW * len(found.bars))
    most = max(bar.times for bar in found.bars)
    for row, bar in enumerate(found.bars):
        floor = drawing.height - ROW * (row + 1)
        length = (WIDTH - NAMES - COUNTS) * bar.times / most
        drawing.add(_written(_cut(name_of(bar, words)), 0, floor + 5, 9.0))
        drawing.add(Rect(NAMES, floor + 3, length, ROW - 6, fillColor=BAR, strokeColor=None))
        text = f"{bar.times}   {words.percent(bar.up_to, 0)}"
        drawing.add(_written(text, NAMES + length + 5, floor + 5, 9.0))
    return drawing


def drawn_chart(chart: Chart, is_long: bool, words: Words = ENGLISH) -> Drawing:
    """Shares of rejects over time, with the mean and the limits. is_long: points are named with their days, too."""
    drawing, points = Drawing(WIDTH, HEIGHT), chart.points
    top = max(max(point.upper, point.share) for point in points) or 1.0
    for share in (0.0, top / 2, top):
        y = _y(share, top)
        drawing.add(Line(LEFT, y, WIDTH, y, strokeColor=FAINT, strokeWidth=0.4))
        text = words.percent(share, 1)
        drawing.add(_written(text, LEFT - 4, y - 2.5, SMALL, "end"))
    for heights in ([point.upper for point in points], [point.lower for point in points]):
        drawing.add(_steps(heights, top, strokeDashArray=(3, 2)))
    drawing.add(_steps([chart.mean or 0.0] * len(points), top, strokeDashArray=None))
    flat = [value for place in _places(points, top) for value in place]
    drawing.add(PolyLine(flat, strokeColor=INK, strokeWidth=0.8))
    for point, place in zip(points, _places(points, top), strict=True):
        drawing.add(_mark(point, *place))
    for number in range(0, len(points), max(1, -(-len(points) // 8))):
        start = points[number].span.start.astimezone()
        text = f"{words.weekday(start)} {start:%H:%M}" if is_long else f"{start:%H:%M}"
        x = _x(number, len(points))
        drawing.add(_written(text, x, 6, SMALL, "middle"))
    return drawing


def _written(text: str, x: float, y: float, size: float, anchor: str = "start") -> String:
    return String(x, y, text, fontName=letters().plain, fontSize=size, textAnchor=anchor, fillColor=INK)


def _x(number: float, count: int) -> float:
    return LEFT + (number + 0.5) * (WIDTH - LEFT) / count


def _y(share: float, top: float) -> float:
    return BOTTOM + share / top * (HEIGHT - BOTTOM - TOP)


def _places(points: Sequence[Point], top: float) -> list[tuple[float, float]]:
    return [(_x(number, len(points)), _y(point.share, top)) for number, point in enumerate(points)]


def _steps(heights: Sequence[float], top: float, **line: Any) -> PolyLine:
    """A limit as long as its stretch."""
    flat = [
        value
        for number, height in enumerate(heights)
        for side in (-0.5, 0.5)
        for value in (_x(number + side, len(heights)), _y(height, top))
    ]
    return PolyLine(flat, strokeColor=BAR, strokeWidth=0.7, **line)


def _mark(point: Point, x: float, y: float) -> Any:
    """A dot inside of the limits, else a triangle that shows which way: printed without colour it is told apart."""
    if point.side is Side.INSIDE:
        return Rect(x - 1.6, y - 1.6, 3.2, 3.2, fillColor=INK, strokeColor=None)
    way = 5.0 if point.side is Side.ABOVE else -5.0
    corners = [x, y + way, x - 4.5, y - way * 0.7, x + 4.5, y - way * 0.7]
    return Polygon(corners, fillColor=OUTSIDE, strokeColor=None)
