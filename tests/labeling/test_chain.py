"""Pictures behind others read as if they were one array."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.boxes import EMPTY
from inspector.labeling.chain import Chain
from inspector.labeling.dataset import Part


def pictures(count, start=0, side=2):
    return np.arange(start, start + count * side * side * 3).astype(np.uint8).reshape(count, side, side, 3)


@st.composite
def asked(draw):
    """How many pictures are in each of three arrays, and an index of them all."""
    counts = draw(st.tuples(*[st.integers(0, 4)] * 3).filter(any))
    total = sum(counts)
    one = st.integers(-total, total - 1)
    many = st.lists(one, max_size=9).map(lambda some: np.array(some, np.intp))
    masks = st.lists(st.booleans(), min_size=total, max_size=total).map(lambda some: np.array(some, bool))
    return counts, draw(st.one_of(one, many, masks, st.slices(total)))


@given(asked())
def test_it_reads_as_one_array(case):
    (few, more, most), index = case
    first, second, third = pictures(few), pictures(more, 60), pictures(most, 120)
    chain, whole = Chain(Chain(first, second), third), np.concatenate([first, second, third])
    read = chain[index]
    np.testing.assert_array_equal(read, whole[index], strict=True)
    assert (len(chain), chain.shape) == (len(whole), whole.shape)


@pytest.mark.parametrize("index", [3, -4, np.array([0, 3])])
def test_what_is_not_there_is_refused(index):
    with pytest.raises(IndexError):
        Chain(pictures(2), pictures(1))[index]


def test_empty_frames_behind_a_part_copy_none_of_its_pictures():
    images, count = np.zeros((100, 64, 64, 3), np.uint8), 100
    classes = (np.zeros(0, np.int32),) * count
    part = Part(images, (EMPTY,) * count, classes, np.ones((count, 1), bool), tuple(map(str, range(count))))
    hard = pictures(2, side=64)
    tracemalloc.start()
    longer = part.with_empty(hard, np.zeros((2, 1), bool), ("a", "b"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < images.nbytes / 10
    assert (len(longer), longer.names[-3:]) == (102, ("99", "a", "b"))
    np.testing.assert_array_equal(longer.images[[99, 101]], [images[99], hard[1]])
