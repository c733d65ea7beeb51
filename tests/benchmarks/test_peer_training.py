"""How boxes are told to the peer."""

import numpy as np

from tests.benchmarks.peer_training import _lines


def test_a_box_is_told_by_its_centre_and_size_in_shares_of_the_picture() -> None:
    # 20 to 60 of 200 pixels across, 10 to 90 of 100 down.
    shares = np.array([[0.1, 0.1, 0.3, 0.9]], np.float32)
    assert _lines(shares, [2]) == ["2 0.200000 0.500000 0.200000 0.800000"]
    assert _lines(shares[:0], []) == []
