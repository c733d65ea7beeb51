"""What became of each setting of a pipeline."""

from collections.abc import Sequence
from enum import StrEnum

from inspector.files import Document, Section

HEADS = ("setting", "value", "is", "how")


class Fate(StrEnum):
    """taken: it means the same here. translated: by something like it. not used: we have nothing like it, or decide it
    otherwise. not known: the API, as we know it, has no such setting.
    """

    TAKEN = "taken"
    TRANSLATED = "translated"
    NOT_USED = "not used"
    NOT_KNOWN = "not known"


class Setting(Section):
    """One setting of a pipeline. name: where it stands, `train_config.batch_size`; value: as the file has it, or the
    API's default where the file is silent (line is None then); how: it was taken, or why not.
    """

    name: str
    value: str
    fate: Fate
    how: str = ""
    line: int | None = None


class Listing(Document):
    """All settings of a pipeline, in the order of the file. sha256: of the file, in hexadecimal.

    It is kept in the bundle, as `pipeline.yaml`.
    """

    file: str
    sha256: str
    settings: tuple[Setting, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many settings met each fate."""
        return {str(fate): sum(setting.fate is fate for setting in self.settings) for fate in Fate}

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """For a table under HEADS; a default is marked as one."""
        return [
            (one.name, one.value if one.line else f"{one.value} (default)", str(one.fate), one.how)
            for one in self.settings
        ]
