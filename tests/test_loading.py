"""What is loaded is not looked through for garbage."""

import gc
from collections.abc import Iterator

import pytest

from inspector.loading import loading


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.enable()


def test_nothing_is_looked_through_while_it_lasts_nor_what_is_there_at_its_end() -> None:
    frozen = gc.get_freeze_count()
    with loading():
        assert not gc.isenabled()
        kept: list[object] = []
        kept.append(kept)
    assert gc.isenabled()
    assert gc.get_freeze_count() > frozen
    assert not any(one is kept for one in gc.get_objects())


def test_it_is_looked_for_again_where_it_failed() -> None:
    with pytest.raises(ImportError), loading():
        raise ImportError
    assert gc.isenabled()


def test_whoever_looks_for_none_goes_on_so() -> None:
    gc.disable()
    with loading():
        pass
    assert not gc.isenabled()
