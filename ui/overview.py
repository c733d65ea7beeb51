"""What the page of trainings shows of a recipe before anything is begun; read on a thread, for it looks at files."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from inspector.errors import InspectorError
from inspector.recipe import Recipe
from inspector.settings import Workspace

if TYPE_CHECKING:
    from inspector.labeling.stock import Stock
    from inspector.validation.lineup import Lineup


@dataclass(frozen=True)
class Overview:
    """stock: None where it cannot be read, which `fault` then tells. unfinished: when the training began that can be
    gone on with; running: the recipe of one that another program works on; None and "" where there is none.
    """

    recipe: str
    lineup: "Lineup"
    stock: "Stock | None" = None
    fault: str = ""
    unfinished: datetime | None = None
    running: str = ""


def overview(place: Workspace, recipe: Recipe) -> Overview:
    """Raises: InspectorError where the promotions of the recipe cannot be read."""
    # With OpenCV behind them: not before the window is open.
    from inspector.labeling.stock import stock_of
    from inspector.trainings import running, unfinished
    from inspector.validation.lineup import lineup_of

    stock, fault = None, ""
    try:
        stock = stock_of(place, recipe)
    except InspectorError as error:
        fault = str(error)
    ended = [one.begun.began_at for one in unfinished(place.trainings, recipe.name)]
    busy = [one.begun.recipe for one in running(place.trainings)]
    return Overview(
        recipe.name,
        lineup_of(place, recipe.name),
        stock,
        fault,
        ended[-1] if ended else None,
        busy[-1] if busy else "",
    )
