"""The annotations of one recording, read and written beside the window, so that no change of a person is ever lost.

What a person says is shown at once and written on a thread, in the order in which it was said. What cannot be written
(a full disk, a damaged file) stays in memory and is tried again with the next change. What somebody else wrote
meanwhile is read again and never overwritten.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, pyqtSignal

from inspector.errors import InspectorError, MachineError
from inspector.labeling.annotation import FILE as ANNOTATIONS
from inspector.labeling.annotation import Annotation, Annotations, read_annotations, redo, undo, write_annotations
from inspector.labeling.reel import Reel, read_reel
from ui.engine_words import translated
from ui.errands import Errands, as_told
from ui.translation import translate

if TYPE_CHECKING:  # with OpenCV behind it
    from inspector.capture.recording import Recording


@dataclass(frozen=True)
class Change:
    """Frames as a person states them anew. number: counts changes from 1. seen: which state of the file they were
    shown, counted by who writes.
    """

    frames: Mapping[str, Annotation]
    number: int
    seen: int


@dataclass
class Outcome:
    """What came of one turn of work. written: so many changes, the oldest. reel: the recording as it was read again.

    others: frames that somebody else changed; dropped: those of them for which a change of ours was given up.
    stepped: frames that were taken back or made again. fault: why no more could be done.
    """

    written: int = 0
    reel: Reel | None = None
    seen: int = 0
    others: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    stepped: tuple[str, ...] = ()
    fault: Exception | None = None


@dataclass
class Files:
    """The recording's files as they were last seen. All work on them is done on the thread; `unwritten` is filled from
    the other side.
    """

    folder: Path
    recording: "Recording"
    unwritten: deque[Change] = field(default_factory=deque)
    _known: Annotations = field(default_factory=Annotations)
    _stamp: tuple[int, ...] = ()
    _seen: int = 0
    _stale: bool = False
    _others: dict[str, int] = field(default_factory=dict)

    def look(self, last: int) -> Outcome:
        """Write what is left up to the change of that number, and read all again."""
        return self._turn(last, self._read)

    def write(self, last: int) -> Outcome:
        """Write what is left."""
        return self._turn(last, lambda outcome: None)

    def undo(self, last: int) -> Outcome:
        """Write what is left, and take the newest change back."""
        return self._turn(last, lambda outcome: self._step(outcome, undo))

    def redo(self, last: int) -> Outcome:
        """Write what is left, and make the change again that was taken back last."""
        return self._turn(last, lambda outcome: self._step(outcome, redo))

    def _turn(self, last: int, then: Callable[[Outcome], None]) -> Outcome:
        outcome = Outcome()
        try:
            self._notice_others(outcome)
            while self.unwritten and self.unwritten[0].number <= last:
                self._write(self.unwritten[0], outcome)
                self.unwritten.popleft()
                outcome.written += 1
                self._notice_others(outcome)
            then(outcome)
            if self._stale:
                self._read(outcome)
        except Exception as error:
            outcome.fault = error
        outcome.seen = self._seen
        return outcome

    def _read(self, outcome: Outcome) -> None:
        stamp = self._look_at_file()
        outcome.reel = read_reel(self.folder, self.recording)
        self._known, self._stamp, self._stale = outcome.reel.annotations, stamp, False

    def _notice_others(self, outcome: Outcome) -> None:
        """Whether somebody else wrote since the file was last seen, and what."""
        stamp = self._look_at_file()
        if not self._stamp or stamp == self._stamp:
            return
        there = read_annotations(self.folder)
        names = {*there.frames, *self._known.frames}
        others = sorted(name for name in names if there.of(name) != self._known.of(name))
        self._known, self._stamp = there, stamp
        if others:
            self._seen, self._stale = self._seen + 1, True
            self._others |= dict.fromkeys(others, self._seen)
            outcome.others = tuple(dict.fromkeys((*outcome.others, *others)))

    def _write(self, change: Change, outcome: Outcome) -> None:
        """All of it but the frames that somebody else changed after the person had last been shown them."""
        late = {name for name in change.frames if self._others.get(name, 0) > change.seen}
        kept = {name: one for name, one in change.frames.items() if name not in late}
        dropped = [name for name in late if change.frames[name] != self._known.of(name)]
        outcome.dropped = (*outcome.dropped, *dropped)
        self._stale = self._stale or bool(dropped)
        if kept:
            after = self._known.with_frames(kept)
            write_annotations(self.folder, after)
            self._known, self._stamp = after, self._look_at_file()

    def _step(self, outcome: Outcome, step: Callable[[Path], list[str]]) -> None:
        """Take back or make again, but not what somebody else did without this person having seen it."""
        if not outcome.others:
            outcome.stepped = tuple(step(self.folder))
        self._read(outcome)

    def _look_at_file(self) -> tuple[int, ...]:
        """What tells the file from the one that was there before: each is a new one under the old name."""
        path = self.folder / ANNOTATIONS
        if not self.folder.exists():
            text = translate("Keeper", "%1 is not there: see whether its disk or its network is.")
            raise MachineError(text.replace("%1", str(self.folder)))
        if not path.exists():
            return (0,)
        stat = path.stat()
        return (stat.st_mtime_ns, stat.st_size, stat.st_ino)


class Keeper(QObject):
    """One recording under a person's hands. reel: None until it was read, with what is not written yet laid on it.

    changed: the reel is another one. wrote: a change is on disk. faulty: why something could not be read or written,
    in a sentence; "" once it could. overtaken: (frames that somebody else changed, those of them for which a change of
    this person was dropped). stepped: frames that were taken back or made again.

    Args: errands: on which it reads and writes; with another one on them too, in one order.
    """

    changed = pyqtSignal()
    wrote = pyqtSignal()
    faulty = pyqtSignal(str)
    overtaken = pyqtSignal(tuple, tuple)
    stepped = pyqtSignal(tuple)

    def __init__(self, folder: Path, recording: "Recording", errands: Errands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder, self.recording = folder, recording
        self.reel: Reel | None = None
        self.fault = ""
        self._errands = errands
        self._files = Files(folder, recording)
        self._unwritten: deque[Change] = deque()
        self._seen, self._said, self._doing = 0, 0, 0

    @property
    def unwritten(self) -> int:
        """How many changes are in memory alone."""
        return len(self._unwritten)

    @property
    def resting(self) -> bool:
        """Whether nothing is in memory alone, and nothing being read or written."""
        return not (self._unwritten or self._doing)

    def look(self) -> None:
        """Read the recording, or read it again."""
        self._do(self._files.look)

    def state(self, frames: Mapping[str, Annotation]) -> None:
        """Say of frames what they are: shown at once, and written."""
        if self.reel is None or all(self.reel.annotations.of(name) == one for name, one in frames.items()):
            return
        self._said += 1
        change = Change(frames, self._said, self._seen)
        self._unwritten.append(change)
        self._files.unwritten.append(change)
        self.reel = self.reel.stated(frames)
        self.changed.emit()
        self._do(self._files.write)

    def undo(self) -> None:
        """Take the newest change back."""
        self._do(self._files.undo)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._do(self._files.redo)

    def _do(self, work: Callable[[int], Outcome]) -> None:
        last = self._said
        self._doing += 1
        self._errands.run(lambda: work(last), self._take, self._fail)

    def _fail(self, error: InspectorError) -> None:
        self._doing -= 1
        self._tell_fault(translated(error))

    def _take(self, outcome: Outcome) -> None:
        self._doing -= 1
        for _ in range(outcome.written):
            self._unwritten.popleft()
        self._seen = outcome.seen
        if outcome.reel is not None:
            self._lay(outcome.reel)
        self._tell_fault(translated(as_told(outcome.fault)) if outcome.fault else "")
        if outcome.written:
            self.wrote.emit()
        if outcome.others or outcome.dropped:
            self.overtaken.emit(outcome.others, outcome.dropped)
        if outcome.stepped:
            self.stepped.emit(outcome.stepped)
            self.wrote.emit()

    def _lay(self, reel: Reel) -> None:
        for change in self._unwritten:
            reel = reel.stated(change.frames)
        self.reel = reel
        self.changed.emit()

    def _tell_fault(self, fault: str) -> None:
        if fault or self.fault:
            self.fault = fault
            self.faulty.emit(fault)
