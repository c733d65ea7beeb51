"""What a person says that a recording shows, and whether the recipe agrees."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from inspector.capture.recording import Draft, is_empty
from inspector.errors import InputError
from inspector.recipe import LOOKALIKE, Component, Label, Mode, Recipe


@dataclass(frozen=True)
class Claim:
    """What one recording shows of one component: positive and pattern as in Draft."""

    component: str
    positive: bool
    pattern: str | None = None

    @property
    def empty(self) -> bool:
        """Whether somebody must attest it: that the component is nowhere in it."""
        return is_empty(self.positive, self.pattern)

    @property
    def lookalike(self) -> bool:
        return self.pattern == LOOKALIKE

    @property
    def options(self) -> tuple[str, ...]:
        """What says it to `inspector record` and `inspector import`."""
        component = ("--component", self.component)
        if self.lookalike:
            return *component, "--lookalike"
        if self.pattern is not None:
            return *component, "--pattern", self.pattern
        return *component, "--positive" if self.positive else "--negative"


def claim_of(draft: Draft) -> Claim:
    """What a recording shows; of one that teaches several components, of the first."""
    return Claim(draft.components[0], draft.positive, draft.pattern)


def needed(component: Component) -> tuple[Claim, ...]:
    """What must be recorded of a component before it can be taught."""
    if component.mode is Mode.CLASSIFICATION:
        return tuple(Claim(component.name, pattern.passes, pattern.name) for pattern in component.patterns)
    return Claim(component.name, True), Claim(component.name, False)


def claims(component: Component) -> tuple[Claim, ...]:
    """All that can be recorded of a component: what is needed first, then what makes it surer."""
    nowhere, alike = Claim(component.name, False), Claim(component.name, False, LOOKALIKE)
    return tuple(dict.fromkeys((*needed(component), nowhere, alike)))


def missing(recipe: Recipe, recordings: Sequence[Draft]) -> list[Claim]:
    """What is needed and was not recorded yet, in the recipe's order."""
    every = [claim for component in recipe.components for claim in needed(component)]
    return [claim for claim in every if not any(_meets(recording, claim) for recording in recordings)]


def _meets(recording: Draft, claim: Claim) -> bool:
    if claim.component not in recording.components:
        return False
    return recording.verified_empty if claim.empty else shows(recording, Label(claim.component, claim.pattern))


def shows(recording: Draft, label: Label) -> bool:
    """Whether a recording of the label's component may hold it: of pictures of several patterns, the boxes tell."""
    return not recording.verified_empty and recording.pattern in (None, label.pattern)


def check_claim(
    recipe: Recipe, components: Sequence[str], positive: bool, pattern: str | None, mixed: bool = False
) -> None:
    """Whether what a person says of a recording agrees with the recipe.

    mixed: its frames may show several patterns of a component; their boxes will say which.

    Raises: InputError with what to say instead.
    """
    if not components:
        raise InputError("Say which component it shows.")
    if len(set(components)) < len(components):
        raise InputError(f"A component is named twice: {', '.join(components)}.")
    shown = [recipe.component(name) for name in components]
    if len({component.camera for component in shown}) > 1:
        raise InputError(f"No camera sees all of {', '.join(components)}: record each by the camera that sees it.")
    if pattern is not None:
        if len(shown) > 1:
            raise InputError(f"The pattern '{pattern}' can be of one component only, not of {', '.join(components)}.")
        if pattern == LOOKALIKE:
            if positive:
                raise InputError(f"What looks like '{components[0]}' and is none is recorded as --negative.")
            return
        if not shown[0].patterns:
            raise InputError(f"'{components[0]}' has no patterns: leave '{pattern}' away.")
        if shown[0].pattern(pattern).passes != positive:
            right = "negative: the pattern does not pass" if positive else "positive: the pattern passes"
            raise InputError(f"A recording of '{components[0]}' in the pattern '{pattern}' is {right}.")
    elif positive and not mixed:
        for component in shown:
            if component.patterns:
                names = " or ".join(f"'{p.name}'" for p in component.patterns)
                raise InputError(f"Say which pattern of '{component.name}' it shows: {names}.")


def draft_of(
    recipe: Recipe,
    components: Sequence[str],
    positive: bool,
    pattern: str | None,
    *,
    by: str,
    source: str,
    recorded_at: datetime,
    settings: dict[str, Any] | None = None,
    kind: Literal["video", "pictures"] = "video",
) -> Draft:
    """A draft of what a person claims; who records a verified-empty one attests it.

    Raises: InputError where the claim does not agree with the recipe, or nobody is named.
    """
    check_claim(recipe, components, positive, pattern, mixed=kind == "pictures")
    if not by.strip():
        raise InputError("Say who records it: a recording needs a name behind it.")
    return Draft(
        id=new_id(recorded_at, components[0], pattern or ("positive" if positive else "negative")),
        recipe=recipe.name,
        components=tuple(components),
        positive=positive,
        pattern=pattern,
        kind=kind,
        source=_as_text(source),
        settings=settings or {},
        recorded_by=_as_text(by),
        recorded_at=recorded_at,
        attested_by=_as_text(by) if is_empty(positive, pattern) else None,
    )


def _as_text(name: str) -> str:
    """A file's name may hold bytes that are no text, and nobody could write those down."""
    return name.encode(errors="replace").decode()


def new_id(moment: datetime, component: str, shows: str) -> str:
    """`20261123-141530-screw-on-1a2b`: sorts by time, safe as a folder's name, told apart by its end."""
    words = "-".join(re.sub(r"[^A-Za-z0-9]+", "-", word)[:24].strip("-") for word in (component, shows))
    return f"{moment:%Y%m%d-%H%M%S}-{words}-{secrets.token_hex(2)}"
