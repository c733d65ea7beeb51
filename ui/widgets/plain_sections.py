"""The sections of the settings that are fields alone: the station, triggers, records, shifts."""

from collections.abc import Sequence

from ui.widgets.settings_form import SettingsForm
from ui.widgets.settings_section import SettingsSection


class StationSection(SettingsSection):
    """What a station runs when nobody names it. Args: recipes: their names."""

    def __init__(self, recipes: Sequence[str]) -> None:
        super().__init__("")
        self.title = self.tr("Station")
        station = SettingsForm(self.tr("What it runs"))
        named = [(name, name) for name in recipes]
        station.choice("recipe", self.tr("Recipe"), [(None, self.tr("the first")), *named])
        station.number("threads", self.tr("Processor threads for the network"), self.tr("From 1 to 256"))
        kinds = [("auto", self.tr("the first with a GPU")), *((name, name) for name in ("tensorflow", "torch", "jax"))]
        station.choice("backend", self.tr("What trains"), kinds)
        proof = SettingsForm(self.tr("When it proves itself, beside at its start"), ("proof",))
        proof.words("at", self.tr("At these times"), self.tr("As 06:00, 14:00; none: at its start alone"))
        proof.number("every_hours", self.tr("Hours after the last proof"), self.tr("Empty: never"))
        people = SettingsForm(self.tr("Who is there"), ("people",))
        people.number(
            "lock_after_s",
            self.tr("Seconds that somebody is there untouched"),
            self.tr("Whoever gave a PIN has to give it again after that"),
        )
        for form in (station, proof, people):
            self.add(form)


class TriggersSection(SettingsSection):
    """What asks for an inspection where the recipe waits for that, and what tells serial numbers."""

    def __init__(self) -> None:
        super().__init__("")
        self.title = self.tr("Triggers")
        asks = SettingsForm(self.tr("What asks for an inspection, beside the key and the plant"), ("triggers",))
        asks.number("every_s", self.tr("One every so many seconds"), self.tr("Empty: no timer"))
        asks.text("folder", self.tr("One for each file in this folder"), self.tr("Empty: no folder"))
        parts = [("name", self.tr("the file's name")), ("content", self.tr("the file's first line"))]
        asks.choice("serial_in", self.tr("The serial number is"), parts)
        hint = self.tr("Pictures so soon after a trigger do not count")
        asks.number("delay_s", self.tr("Seconds before a picture counts"), hint)
        scanner = SettingsForm(self.tr("A scanner that types serial numbers"), ("triggers",))
        scanner.text("scanner.prefix", self.tr("What it types before each"), empty="")
        scanner.text("scanner.suffix", self.tr("What it types after each"), empty="")
        scanner.number("scanner.least", self.tr("Characters of the shortest number"))
        scanner.number("scanner.gap_s", self.tr("Longest pause between two keys, in seconds"))
        hint = self.tr("After that, what was scanned is of no workpiece any more")
        scanner.number("holds_s", self.tr("Seconds that a scanned number waits"), hint)
        for form in (asks, scanner):
            self.add(form)


class KeepingSection(SettingsSection):
    """What is kept of inspections, where, and for how long."""

    def __init__(self) -> None:
        super().__init__("")
        self.title = self.tr("Records")
        here = SettingsForm(self.tr("On this machine"), ("records",))
        here.number("keep_days", self.tr("Days that an inspection is kept"), self.tr("Empty: for ever"))
        here.number(
            "keep_pictures_days",
            self.tr("Days that its picture is kept"),
            self.tr("Empty: as long as there is room for it"),
        )
        here.number(
            "keep_gb", self.tr("Room for all pictures, in GB"), self.tr("Where it does not suffice, the oldest go")
        )
        here.text("station", self.tr("Name of this station"), self.tr("Empty: as the computer is called"))
        plant = SettingsForm(self.tr("The plant's database"), ("records",), columns=1)
        self.database = plant.text(
            "database",
            self.tr("PostgreSQL, to which all is copied"),
            self.tr("postgresql+psycopg://NAME:PASSWORD@HOST/DATABASE; empty: none. What it has not got stays here."),
        )
        for form in (here, plant):
            self.add(form)


class ShiftsSection(SettingsSection):
    """When shifts begin."""

    def __init__(self) -> None:
        super().__init__("")
        self.title = self.tr("Shifts")
        form = SettingsForm(self.tr("When shifts begin"), ("shifts",), columns=1)
        form.words(
            "at",
            self.tr("Times of the day"),
            self.tr("As 06:00, 14:00, 22:00, by the clock on the wall; empty: one at midnight"),
        )
        self.add(form)
