"""What a bundle does on frames that it never saw, as one HTML file that needs nothing beside it."""

import html
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.bundle import Ledger
from inspector.files import written_whole
from inspector.validation.held_out import KnownFrame, sources_of_truth, what_was_tuned
from inspector.validation.replay import Figures, Replay, figures, wrong
from inspector.validation.sheet import BAD, GOOD, as_data_uri, caption, draw, sheet

STYLE = """
:root { color-scheme: light dark; --ink: #1e2026; --soft: #666d78; --line: #d9dce2; --paper: #fbfbfc; --card: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaee; --soft: #9aa2af; --line: #343942; --paper: #16181c; --card: #1e2127; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 76rem;
  margin: 3rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.9rem; margin: 0 0 .2rem; } h2 { font-size: 1.2rem; margin: 2.5rem 0 .6rem; }
p { max-width: 48rem; } .soft { color: var(--soft); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; background: var(--card); width: 100%; }
th, td { text-align: left; padding: .5rem .8rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--soft); font-size: .85rem; } td { font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; }
img { max-width: 100%; border: 1px solid var(--line); border-radius: 6px; }
"""

Table = tuple[Sequence[str], Sequence[Sequence[object]]]


class Page:
    """An HTML page built from top to bottom; every text is escaped."""

    def __init__(self, title: str, subtitle: str) -> None:
        self._parts = [f"<h1>{html.escape(title)}</h1><p class=soft>{html.escape(subtitle)}</p>"]
        self._title = title

    def heading(self, text: str) -> None:
        """A section's heading."""
        self._parts.append(f"<h2>{html.escape(text)}</h2>")

    def text(self, text: str) -> None:
        """A paragraph."""
        self._parts.append(f"<p>{html.escape(text)}</p>")

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A table, its cells as text."""
        head = "".join(f"<th>{html.escape(text)}</th>" for text in heads)
        body = "".join("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
        self._parts.append(f"<div class=scroll><table><tr>{head}</tr>{body}</table></div>")

    def picture(self, image: NDArray[np.uint8], meaning: str) -> None:
        """An image `(H, W, 3)` BGR, with what it shows in words for those who cannot see it."""
        self._parts.append(f'<figure><img alt="{html.escape(meaning)}" src="{as_data_uri(image)}"></figure>')

    def write(self, path: Path) -> None:
        """Write the page, whole or not at all."""
        page = (
            f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
            f"<title>{html.escape(self._title)}</title><style>{STYLE}</style>{''.join(self._parts)}</html>"
        )
        with written_whole(path) as file:
            file.write(page.encode())


def figures_table(figures: Sequence[Figures]) -> Table:
    """The figures of each component, for a page or a terminal."""
    heads = [
        "component",
        "overkill (good rejected)",
        "escapes (bad passed)",
        "escapes at 0.5 % overkill",
        "false detections on empty frames",
        "highest score there",
        "AP at IoU 0.5",
    ]
    return heads, [_row(f) for f in figures]


def _row(f: Figures) -> tuple[str, ...]:
    highest = "-" if f.highest_on_negative is None else f"{f.highest_on_negative:.3f}"
    false = f"{f.false_detections} on {f.negatives}" if f.negatives else "no empty frame"
    precision = "-" if np.isnan(f.average_precision) else f"{f.average_precision:.3f}"
    traded = str(f.tradeoff.escapes) if f.tradeoff else "-"
    return f.component, str(f.overkill), str(f.escapes), traded, false, highest, precision


MOST_PICTURES = 24


def write_report(path: Path, run: Replay, frames: Sequence[KnownFrame]) -> Path:
    """The report of a replay over known frames: figures, the wrong pictures, the negatives it fired on."""
    manifest = run.bundle.manifest
    page = Page(
        f"What {manifest.id} sees", f"Recipe {manifest.recipe.name}, made {manifest.created_at:%Y-%m-%d %H:%M} UTC"
    )
    page.text(
        f"On {len(frames)} frames that it never learned from. What is true of them is stated: "
        f"{', '.join(sources_of_truth(list(frames)))}. Intervals are exact binomial ones at 95 %."
    )
    if flatters := what_was_tuned(frames):
        page.text(flatters)
    page.table(*figures_table(figures(run)))
    mistaken = wrong(run)
    page.heading(f"Frames judged wrong: {len(mistaken)}")
    page.text("Each frame alone, component by component; a station votes over several." if mistaken else "None.")
    if mistaken:
        page.picture(_sheet(run, frames, mistaken), "The frames judged wrong, with what was detected")
    page.heading("Frames judged right, some of them")
    right = sorted(set(range(len(frames))) - set(mistaken))
    if right:
        page.picture(_sheet(run, frames, right[:: -(-len(right) // 12)]), "Frames judged right, with what was detected")
    page.heading("What taught it")
    page.table(("", ""), _facts(run))
    page.write(path)
    return path


def _sheet(run: Replay, frames: Sequence[KnownFrame], picked: Sequence[int]) -> NDArray[np.uint8]:
    mistaken = set(wrong(run))
    failing = frozenset(p.name for c in run.bundle.manifest.recipe.components for p in c.patterns if not p.passes)
    return sheet(
        [
            caption(
                draw(frames[i].shot.image(), run.bundle.working(run.found[i]), failing),
                f"{run.truths[i].name[-34:]}",
                BAD if i in mistaken else GOOD,
            )
            for i in picked[:MOST_PICTURES]
        ],
        columns=4,
    )


def _facts(run: Replay) -> list[tuple[str, str]]:
    manifest = run.bundle.manifest
    ledger = manifest.ledger
    made = [("edition", f"{manifest.edition}: {manifest.parity}")] if manifest.edition else []
    return [
        *made,
        ("frames with boxes", str(ledger.images_with_boxes)),
        ("verified-empty frames", f"{ledger.empty_images}, drawn {ledger.empty_images_drawn} times"),
        (
            "negatives that reached the loss",
            f"{ledger.negatives_in_loss}, {ledger.negatives_in_loss_from_empty} of them from verified-empty frames",
        ),
        *_searches(ledger),
        ("working scores", ", ".join(f"{name} {score:.3f}" for name, score in manifest.thresholds.items())),
        ("recordings", ", ".join(manifest.recordings)),
        ("training", ", ".join(f"{key} {value}" for key, value in manifest.training.items())),
        ("versions", ", ".join(f"{name} {version}" for name, version in manifest.packages.items())),
    ]


def _searches(ledger: Ledger) -> list[tuple[str, str]]:
    """What the negative recordings showed before and after each round of hard negatives."""
    if ledger.first is None:
        return []
    rounds = [
        (
            f"after round {number}",
            f"{told.after}; {told.fresh} that no round had seen (taught by {len(told.taken)} frames that had fooled it)"
            + ("" if told.kept else ", taken back, since it forgot what it knew"),
        )
        for number, told in enumerate(ledger.rounds, 1)
    ]
    return [("found where nothing is", str(ledger.first)), *rounds]
