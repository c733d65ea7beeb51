"""What a validation kept, as pictures with words: the frames judged wrong, and what was seen where nothing is."""

from typing import TYPE_CHECKING

from ui.judged import as_told
from ui.translation import translate
from ui.widgets.outlines import Kind, Outline, Still

if TYPE_CHECKING:
    from inspector.bundle import Sighting
    from inspector.validation.account import Account, Fired, Mistake, Seen


def mistakes(account: "Account") -> tuple[Still, ...]:
    """The frames judged wrong, the worst first."""
    return tuple(_mistake(one, _working(account, one.component)) for one in account.mistakes)


def fired(account: "Account") -> tuple[Still, ...]:
    """What was seen on negative frames, the surest first."""
    return tuple(_fired(one, _working(account, one.seen.component)) for one in account.fired)


def _mistake(one: "Mistake", working: float) -> Still:
    if passed := one.kind == "escape":
        words = translate("Stills", "bad, but passed")
        text = translate("Stills", "“%1” is not as it must be, and it passed.")
    else:
        words = translate("Stills", "good, but rejected")
        text = translate("Stills", "“%1” is as it must be, and it did not pass.")
    missed = translate("Stills", "%1 missed")
    outlines = (
        *(Outline(each.xyxy, Kind.MISSED, missed.replace("%1", _name(each))) for each in one.missed),
        *(Outline(each.xyxy, _kind(each), f"{_name(each)} {each.score:.2f}") for each in one.seen),
    )
    return Still(
        one.picture,
        one.size,
        outlines,
        f"{one.component}: {words}",
        f"{text.replace('%1', one.component)} {_why(one, working)}\n{one.frame}",
        wrong=passed,
    )


def _why(one: "Mistake", working: float) -> str:
    score = translate("Stills", "Scores %1, counts from %2.").replace("%1", f"{one.score:.2f}")
    reason = as_told(one.reason)
    said = f"{reason[:1].upper()}{reason[1:]}. " if reason else ""
    return said + score.replace("%2", f"{working:.2f}")


def _kind(seen: "Seen") -> Kind:
    if not seen.counts:
        return Kind.FAINT
    return Kind.RIGHT if seen.right else Kind.WRONG


def _fired(one: "Fired", working: float) -> Still:
    name, score = _name(one.seen), f"{one.seen.score:.2f}"
    caption, sentences = f"{name} {score}", [translate("Stills", "“%1” was seen where it is not, with a score of %2.")]
    if one.counts:
        sentences.append(translate("Stills", "That counts: it is reported."))
    else:
        sentences.append(translate("Stills", "That does not count: it takes %3."))
    if one.known:
        caption += f", {translate('Stills', 'lookalike')}"
        sentences.append(translate("Stills", "It is known as a lookalike."))
    text = " ".join(sentences).replace("%1", name).replace("%2", score).replace("%3", f"{working:.2f}")
    kind = Kind.WRONG if one.counts else Kind.FAINT
    outline = Outline(one.seen.xyxy, kind, f"{name} {score}")
    return Still(one.picture, one.size, (outline,), caption, f"{text}\n{one.frame}", wrong=one.counts)


def _working(account: "Account", component: str) -> float:
    return next(row.working for row in account.rows if row.component == component)


def _name(one: "Sighting") -> str:
    return f"{one.component} {one.pattern}" if one.pattern else one.component
