import json

import keras
import pytest

from inspector.errors import InputError
from inspector.learning.families import build, design
from inspector.learning.settings import Family, TrainingSettings


@pytest.mark.parametrize("family", Family)
def test_a_network_is_built_again_from_plain_values(family, squares, recipe):
    settings = TrainingSettings(family=family)
    architecture = design(squares, recipe, settings)
    one, twin = build(architecture, settings), build(json.loads(json.dumps(architecture)))
    assert [weight.shape for weight in one.weights] == [weight.shape for weight in twin.weights]
    twin.set_weights(one.get_weights())
    pictures = squares.held_out.images[:2]
    seen, again = (keras.tree.flatten(net.inference.predict_on_batch(pictures)) for net in (one, twin))
    assert all((a == b).all() for a, b in zip(seen, again, strict=True))


@pytest.mark.parametrize("change", [{"family": "guess"}, {"levels": [[8]]}, {"backbone": None}])
def test_an_architecture_that_nobody_knows(change, squares, recipe):
    architecture = design(squares, recipe, TrainingSettings()) | change
    with pytest.raises(InputError, match="cannot build the network"):
        build(architecture)
