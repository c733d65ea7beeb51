"""What the settings and the command line may say of triggers."""

from pathlib import Path

import pytest

from inspector.errors import InputError
from inspector.triggers import Triggers


def test_nothing_asks_by_default() -> None:
    assert (Triggers().every_s, Triggers().folder) == (None, None)


def test_a_command_line_names_what_asks(tmp_path: Path) -> None:
    assert Triggers().with_wanted("key") == Triggers()
    assert Triggers().with_wanted("timer:2.5").every_s == 2.5
    assert Triggers().with_wanted(f"file:{tmp_path}").folder == tmp_path
    assert Triggers(delay_s=0.5).with_wanted("timer:2").with_wanted(f"file:{tmp_path}").delay_s == 0.5


def test_a_folder_of_windows_is_a_folder() -> None:
    folder = Triggers().with_wanted(r"file:C:\triggers").folder
    assert folder is not None
    assert folder.name.endswith("triggers")


@pytest.mark.parametrize("wanted", ["", "keys", "key:x", "file:", "plc"])
def test_what_is_none_is_the_persons_mistake(wanted: str) -> None:
    with pytest.raises(InputError, match="There is no trigger"):
        Triggers().with_wanted(wanted)


@pytest.mark.parametrize("wanted", ["timer", "timer:", "timer:x", "timer:0", "timer:-1", "timer:nan", "timer:1e9"])
def test_a_timer_needs_seconds_that_mean_something(wanted: str) -> None:
    with pytest.raises(InputError, match="A timer needs"):
        Triggers().with_wanted(wanted)


def test_without_sources_the_rest_stays(tmp_path: Path) -> None:
    given = Triggers(every_s=2, folder=tmp_path, delay_s=0.3, serial_in="content")
    assert given.without_sources() == Triggers(delay_s=0.3, serial_in="content")
