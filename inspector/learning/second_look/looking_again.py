"""The second look of a bundle: taught from what the detector sees, exported, and held against what was taught."""

from pathlib import Path

import numpy as np
from keras import ops

from inspector.detector import Detector
from inspector.edition import Precision
from inspector.errors import MachineError
from inspector.files import written_whole
from inspector.labeling.dataset import Dataset
from inspector.learning.editions.conversion import LABELS, SIDE, converted
from inspector.learning.editions.parity import MOST_SCORE_DIFFERENCE
from inspector.learning.second_look.classifier import Classifier, teach
from inspector.learning.second_look.cutouts import Cutouts, gather
from inspector.learning.settings import Second, TrainingSettings
from inspector.recipe import Recipe
from inspector.second_look import NETWORK, Lens, SecondLook, likelihoods

WEIGHTS = "second_look.weights.h5"


def look_again(
    dataset: Dataset, recipe: Recipe, first: Detector, settings: TrainingSettings, folder: Path
) -> tuple[SecondLook, Lens] | None:
    """A second look, taught from what a detector sees and written into the folder, and how it sees; None where none is
    wanted.

    Raises: MachineError where the exported second look differs from the taught one.
    """
    if settings.second_look is Second.NONE:
        return None
    lens = Lens(decides=settings.second_look is Second.DECIDES)
    cutouts = gather(dataset.train, dataset.labels, recipe, first, lens, settings.seed)
    network = teach(cutouts, lens.side, settings.seed, settings.second_steps)
    with written_whole(folder / NETWORK) as file:
        file.write(converted(network, {SIDE: lens.side, LABELS: cutouts.asked.shape[1]}))
    network.save_weights(str(folder / WEIGHTS))
    second = SecondLook(folder / NETWORK)
    check_second(network, second, cutouts)
    return second, lens


def check_second(network: Classifier, second: SecondLook, cutouts: Cutouts) -> float:
    """How far LiteRT is from Keras on some cut-outs: the largest difference of a share.

    Raises: MachineError where they see different things.
    """
    some = np.unique(np.linspace(0, len(cutouts) - 1, 32).astype(int))
    expected = ops.convert_to_numpy(network(cutouts.pictures[some], training=False)["logits"])
    seen = np.stack([second.run(picture) for picture in cutouts.pictures[some]])
    asked = cutouts.asked[some]
    difference = float(np.abs(likelihoods(seen, asked) - likelihoods(expected, asked)).max())
    if not difference <= MOST_SCORE_DIFFERENCE[Precision.FLOAT]:
        raise MachineError(
            f"The exported second look differs from the taught one by {difference:.4f}. Train again; if it stays, "
            "report it with the versions of tensorflow and ai-edge-litert."
        )
    return difference
