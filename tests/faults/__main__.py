"""`python -m tests.faults [minutes] [seed]`: torment stations for so long, and count; `make faults`.

One inspects whatever comes to rest, one each workpiece that it finds in the picture, and one what the PLC asks for,
with serial numbers and samples: a third of the time each.

Exit code 1 where a count that must be 0 is not, or where the plant knew of a fault too late.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from rich.console import Console
from rich.table import Table

from inspector.recipe import Trigger
from tests.faults.mix import VOTES, Mix, Outcome
from tests.faults.peers import Peers
from tests.faults.tally import Tally, tally

MINUTES = 10.0
SAFE_P99_S = 1.0


def main() -> int:
    """Run, print, and say whether all is well."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    wrong = [_torment(trigger, seed, 60 * minutes / len(VOTES)) for trigger in VOTES]
    return int(any(wrong))


def _torment(trigger: Trigger, seed: int, seconds: float) -> bool:
    """Whether anything is not as it must be."""
    console = Console(highlight=False)
    with (
        tempfile.TemporaryDirectory(prefix="faults-") as folder,
        closing(Peers(Path(folder), seed, trigger)) as peers,
    ):
        for name in peers.missing:
            console.print(f"Without the faults of the {name}: it is not installed here.")
        outcome = Mix(Path(folder), seed, peers, trigger).run(seconds)
        counted = tally(outcome)
    _print(console, outcome, counted, seed)
    return quantile(_all_safe_s(counted), 0.99) >= SAFE_P99_S or any(counted.faults.values())


def quantile(values: Sequence[float], share: float) -> float:
    """The value that so large a share is not above; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def _print(console: Console, outcome: Outcome, counted: Tally, seed: int) -> None:
    heads = ("fault", "times", "safe", "at most", "back", "at most")
    faults = Table(*heads, title=f"Trigger {outcome.trigger}, seed {seed}: seconds until safe, and until back; medians")
    after_s = counted.recover_s | counted.served_s
    for name, times in sorted(Counter(i.name for i in outcome.injected).items()):
        # Safe: of what the plant must be told of. Back: not of a database; what it lacks is counted at the end.
        taken = (counted.safe_s.get(name, []), after_s.get(name, []))
        faults.add_row(name, str(times), *chain.from_iterable(_median_and_most(seconds) for seconds in taken))
    console.print(faults)
    counts = Table("what", "count", title="Counted")
    for what, stories in counted.faults.items():
        counts.add_row(what, str(len(stories)))
    console.print(counts)
    safe_s = _all_safe_s(counted)
    p50, p99, most = (quantile(safe_s, share) for share in (0.5, 0.99, 1.0))
    console.print(
        f"Time to a safe output: p50 {p50:.2f} s, p99 {p99:.2f} s, max {most:.2f} s of {len(safe_s)} faults.\n"
        f"A PASS outlived its workpiece by {quantile(counted.lag_s, 1.0):.2f} s at the most.\n"
        f"{counted.shown} signals shown, {counted.told} inspections told, {len(outcome.recorded)} recorded, "
        f"{counted.watched} workpieces that nothing disturbed.\n{_heard(outcome)}"
    )
    for what, stories in counted.faults.items():
        for story in stories:
            console.print(f"{what}: {story}")


def _all_safe_s(counted: Tally) -> list[float]:
    return list(chain.from_iterable(counted.safe_s.values()))


def _median_and_most(seconds: Sequence[float]) -> tuple[str, str]:
    return (f"{quantile(seconds, 0.5):.2f}", f"{max(seconds):.2f}") if seconds else ("", "")


def _heard(outcome: Outcome) -> str:
    wires = [f"the {name} saw them {len(lines)} times" for name, lines in outcome.wires.items()]
    carried = [] if outcome.carried is None else [f"{len(outcome.carried)} inspections are in the plant's database"]
    return f"Of the signals {', '.join(wires + carried)}."


if __name__ == "__main__":
    sys.exit(main())
