"""What comes in on the record page: files are imported, frames extracted, and recordings held against what was said of
them, one child process after the other.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QDropEvent

from inspector.capture.claim import Claim
from inspector.settings import Workspace
from ui.command import Command, MakeCommand
from ui.engine_words import translated
from ui.faults import in_few_lines
from ui.reviewing import follows, review_of


@dataclass(frozen=True)
class Work:
    """How far something is. total: None where nobody knows it; left_s: seconds, None where nobody knows."""

    what: str
    done: int = 0
    total: int | None = None
    left_s: float | None = None


@dataclass(frozen=True)
class _Job:
    """A command. recipe: the one whose recordings it goes through, "" for an import."""

    what: str
    arguments: tuple[str, ...]
    recipe: str = ""

    @property
    def stage(self) -> str:
        return self.arguments[0]


class Intake(QObject):
    """Imports what it is given, then extracts the frames of what is new, and reviews them.

    changed: it is further, or at the end, where `work` is None. taken: files are a recording now. arrived: there is
    something new on disk.
    differs: the id of a new recording that differs from an older one by more than what it shows, the id of that one,
    and in what. contradicting: in how many frames something seems to contradict what was said of the recording.
    failed: why some of it was not taken in, a line each; troubled: why what is in was not gone through.
    """

    changed = pyqtSignal()
    taken = pyqtSignal()
    arrived = pyqtSignal()
    differs = pyqtSignal(str, str, str)
    contradicting = pyqtSignal(int)
    failed = pyqtSignal(str)
    troubled = pyqtSignal(str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None, command: MakeCommand = Command) -> None:
        super().__init__(parent)
        self.work: Work | None = None
        self._imports: deque[_Job] = deque()
        self._to_extract: list[str] = []
        self._to_review: list[str] = []
        self._now: _Job | None = None
        self._fresh: set[str] = set()
        self._failures: list[str] = []
        self._held = self._cancelled = False
        self._acts: list[Callable[[], object]] = []
        self._part = ("", 0.0)
        self._command = command(workspace, self)
        self._command.told.connect(self._hear)
        self._command.ended.connect(self._end)

    @property
    def importing(self) -> bool:
        """Whether files are being taken in that would have to be taken in again, were it ended now."""
        return bool(self._imports) or (self._now is not None and not self._now.recipe)

    @property
    def running(self) -> bool:
        return self._now is not None

    def take_in(self, paths: Sequence[str], recipe: str, claim: Claim, by: str) -> None:
        """Import videos and folders of pictures, each by itself, and pictures together. by: who does, and attests a
        negative one.
        """
        options = ("--recipe", recipe, *claim.options, "--by", by)
        for together in _recordings_of(paths):
            what = self.tr("Importing %1").replace("%1", Path(together[0]).name)
            self._imports.append(_Job(what, ("import", *together, *options)))
        self._plan(recipe)

    def extract(self, recipe: str, name: str) -> None:
        """Extract the frames of a new recording with that id."""
        self._fresh.add(name)
        self._plan(recipe)

    def hold(self) -> None:
        """While a recording is made: what takes the processor and can be done again waits."""
        self._held = True
        if self._now is not None and self._now.recipe:
            self._break_off(self._now)

    def meanwhile(self, act: Callable[[], object]) -> None:
        """Do something to a recording while no command goes through them; what that breaks off begins anew."""
        if self._now is None or not self._now.recipe:
            act()
            return
        self._acts.append(act)
        self._break_off(self._now)

    def _break_off(self, job: _Job) -> None:
        self._plan(job.recipe)
        self._cancelled = True
        self._command.cancel()

    def go_on(self) -> None:
        """After it."""
        self._held = False
        self._next()

    def cancel(self) -> None:
        """End what runs, and forget what waits; what is in stays in."""
        self._imports.clear()
        self._to_extract.clear()
        self._to_review.clear()
        self._cancelled = True
        self._command.cancel()

    def _plan(self, recipe: str) -> None:
        if recipe not in self._to_extract:
            self._to_extract.append(recipe)
        self._next()

    def _next(self) -> None:
        job = self._following() if self._now is None and not self._held else None
        if job is not None:
            self._now, self._cancelled = job, False
            self.work = Work(job.what)
            self._command.start(*job.arguments)
        self.changed.emit()

    def _following(self) -> _Job | None:
        if self._imports:
            return self._imports.popleft()
        if self._to_extract:
            recipe = self._to_extract.pop(0)
            return _Job(self.tr("Taking frames out of it"), ("extract", recipe), recipe)
        if self._to_review:
            recipe = self._to_review.pop(0)
            return _Job(self.tr("Looking for contradictions"), review_of(recipe), recipe)
        return None

    @pyqtSlot(dict)
    def _hear(self, line: dict[str, Any]) -> None:
        if self._now is None:
            return
        if "stage" in line:
            self._note(self._now, int(line["done"]), line["total"], str(line["text"]))
        elif line.get("differs") in self._fresh:
            self.differs.emit(line["differs"], line["from"], "; ".join(map(translated, line["in"])))
        elif line.get("alike"):
            self.troubled.emit(translated(line["says"]))
        elif line.get("moments"):
            self.contradicting.emit(line["moments"])
        elif "recording" in line and not self._now.recipe:
            self._fresh.add(str(line["recording"]))

    def _note(self, job: _Job, done: int, total: int | None, text: str) -> None:
        """How far it is; the time that is left goes by the pace since this part of it began."""
        now = time.monotonic()
        if text != self._part[0] or not done:
            self._part = text, now
        left_s = (now - self._part[1]) / done * (total - done) if done and total else None
        self.work = Work(job.what, done, total, left_s)
        self.changed.emit()

    @pyqtSlot(int, str)
    def _end(self, code: int, sentence: str) -> None:
        job, self._now, self.work = self._now, None, None
        assert job is not None
        if code and not self._cancelled and job.recipe:
            self.troubled.emit(sentence)
        elif code and not self._cancelled:
            self._failures += sentence.splitlines()
        if self._failures and not self._imports:
            self.failed.emit(in_few_lines(self._failures))
            self._failures = []
        if not code and not job.recipe:
            self.taken.emit()
        if job.stage == "extract" and not self._cancelled:
            self._fresh.clear()
        if follows(job.stage, code, self._cancelled) and job.recipe not in self._to_review:
            self._to_review.append(job.recipe)
        acts, self._acts = self._acts, []
        for act in acts:
            act()
        self.arrived.emit()
        self._next()


def dropped(event: QDropEvent) -> list[str]:
    """The paths of the files that somebody drags."""
    mime = event.mimeData()
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()] if mime is not None else []


def _recordings_of(paths: Sequence[str]) -> list[list[str]]:
    """The files of each recording: who marks some pictures in a folder and drops them means one recording."""
    from inspector.capture.pictures import is_picture  # with OpenCV behind it: not before the window opens

    pictures = [path for path in paths if Path(path).is_file() and is_picture(Path(path))]
    return [[path] for path in paths if path not in pictures] + ([pictures] if pictures else [])
