"""A tone for each verdict: made here, chosen or switched off by whoever works there, silent where nothing can sound."""

import math
from array import array
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol

from PyQt5.QtCore import QBuffer, QByteArray, QIODevice, QObject

from inspector.inspection.verdict import Verdict
from ui import preferences

RATE = 22_050
"""Samples in a second, of 16 bits, one channel."""
LOUDNESS = 0.5
EDGE_S = 0.008
"""In which a tone swells and fades: one that is cut off clicks."""
GAP_S = 0.06

Note = tuple[float, float]
"""Hertz, 0 for a pause; seconds."""
TUNES: Mapping[str, tuple[Note, ...]] = MappingProxyType(
    {
        "none": (),
        "high": ((1047.0, 0.12),),
        "low": ((262.0, 0.35),),
        "rising": ((523.0, 0.1), (784.0, 0.14)),
        "falling": ((392.0, 0.16), (262.0, 0.26)),
        "twice": ((660.0, 0.1), (0.0, GAP_S), (660.0, 0.1)),
        "alarm": ((880.0, 0.12), (587.0, 0.12), (880.0, 0.12), (587.0, 0.12)),
    }
)
"""By the name that is remembered. They differ in rhythm and direction, not in pitch alone."""
USUAL = MappingProxyType({Verdict.OK: "none", Verdict.NOT_OK: "falling", Verdict.NOT_DECIDABLE: "twice"})
"""A line that runs well is quiet."""


def samples(notes: tuple[Note, ...]) -> bytes:
    """The notes one after the other, as 16-bit samples in the machine's own order."""
    wave = array("h")
    for hertz, seconds in notes:
        count = round(seconds * RATE)
        for index in range(count):
            swell = min(1.0, index / (EDGE_S * RATE), (count - 1 - index) / (EDGE_S * RATE))
            wave.append(round(32767 * LOUDNESS * swell * math.sin(2 * math.pi * hertz * index / RATE)))
    return wave.tobytes()


def chosen(verdict: Verdict) -> str:
    """The name of the tune for a verdict."""
    name = preferences.kept(f"tones/{verdict.name}", USUAL.get(verdict, "none"))
    return name if name in TUNES else "none"


def choose(verdict: Verdict, name: str) -> None:
    """Remember it."""
    preferences.keep(f"tones/{verdict.name}", name)


class Speaker(Protocol):
    """Where tones come out."""

    able: bool
    """Whether anything can be heard."""

    def play(self, wave: bytes) -> None:
        """Begin, in the place of what still sounds; returns at once and never fails."""
        ...


class Tones(QObject):
    """Says verdicts aloud."""

    def __init__(self, speaker: Speaker | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker

    @property
    def able(self) -> bool:
        """Whether anything can be heard here."""
        return self._found().able

    def say(self, verdict: Verdict) -> None:
        """The verdict on one more workpiece."""
        self.play(chosen(verdict))

    def play(self, name: str) -> None:
        """A tune by its name, for whoever chooses one."""
        if TUNES[name]:
            self._found().play(samples(TUNES[name]))

    def _found(self) -> Speaker:
        # Only when something is to be heard: asking a machine for its sound card may take a moment.
        if self._speaker is None:
            self._speaker = speaker(self)
        return self._speaker


class Silence:
    """For a machine that cannot sound: without a sound card, or without the libraries that Qt's sound needs."""

    able = False

    def play(self, wave: bytes) -> None:
        """Nothing is heard."""


def speaker(parent: QObject) -> Speaker:
    """The machine's own, else silence."""
    try:
        from PyQt5.QtMultimedia import QAudioDeviceInfo, QAudioFormat, QAudioOutput
    except ImportError:
        return Silence()
    device = QAudioDeviceInfo.defaultOutputDevice()
    form = QAudioFormat()
    form.setSampleRate(RATE)
    form.setChannelCount(1)
    form.setSampleSize(16)
    form.setCodec("audio/pcm")
    form.setSampleType(QAudioFormat.SignedInt)
    if device.isNull() or not device.isFormatSupported(form):
        return Silence()
    return SoundCard(lambda: QAudioOutput(device, form, parent))


class SoundCard:
    """Plays out of memory through Qt.

    Args: make: makes a QAudioOutput. Each tone has one of its own, which takes all of it at once: where the system asks
    late for the rest, a tone would stop in its middle.
    """

    able = True

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._output: Any = None
        self._buffer = QBuffer()

    def play(self, wave: bytes) -> None:
        if self._output is not None:
            self._output.stop()
            self._output.deleteLater()
        self._buffer.close()
        self._buffer.setData(QByteArray(wave))
        self._buffer.open(QIODevice.ReadOnly)
        self._output = self._make()
        self._output.setBufferSize(len(wave))
        self._output.start(self._buffer)
