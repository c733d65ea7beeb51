"""The whole job: from an empty workspace to a station that runs with a bundle."""

import json
from collections.abc import Iterator

from PyQt5.QtWidgets import QWidget

from inspector.boxes import as_boxes, iou
from inspector.labeling.annotation import XYXY, Box, State
from inspector.labeling.reel import Standing, labels_in
from inspector.recipe import Label
from tests.screens.person import Person
from tests.screens.product import Product, Shown, measured
from tests.screens.witness import Seen, Witness
from ui.pages.label import LabelPage
from ui.pages.record import RecordPage
from ui.pages.train import TrainPage

RECIPES, RECORD, LABEL, TRAIN, VALIDATE, STATION, HISTORY, SETTINGS = range(8)
RECORDED_S = 20
CLASSIFICATION = 1
"""Of the two ways to judge a component."""
DRAWN = 20
"""So many frames are drawn by hand where nothing can be proposed: from then on a detector can."""
WAITS = (Standing.WAITING, Standing.DOUBTFUL, Standing.CONTRADICTING)
RIGHT_IOU = 0.5


def teach(person: Person, product: Product) -> None:
    """What it took is kept."""
    took: dict[str, dict[str, float]] = {}

    def note(name: str) -> None:
        took[name] = {"presses": person.presses, "keys": person.keys, "minutes": round(person.minutes, 1)}

    for name, stage in (
        ("recipe", _make_recipe),
        ("recordings", _record_all),
        ("labels", _label),
        ("bundle", _train),
        ("validation", _validate),
        ("promoted", _promote),
    ):
        stage(person, product)
        note(name)
    path = measured(product.component)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(took, indent=1))
    print(json.dumps(took), flush=True)


def _make_recipe(person: Person, product: Product) -> None:
    recipes, desk = person.open(RECIPES), person.bench.desk
    person.until(recipes.welcome.isVisible)
    person.keep("recipes-first")
    person.press(recipes.welcome.make)
    person.type(recipes.form.name, product.recipe)
    person.press(recipes.form.make)
    person.until(lambda: recipes.editor.cards and recipes.editor.cards[0].isVisible())
    (card,) = recipes.editor.cards
    if product.patterns:
        person.press(card.mode.buttons[CLASSIFICATION])
    if product.count > 1:
        person.type(card.count.number.lineEdit(), str(product.count))
    person.type(card.name, product.component)
    person.until(lambda: desk.recipe is not None and desk.recipe.components[0].name == product.component)


# Recordings


def _record_all(person: Person, product: Product) -> None:
    record = person.open(RECORD)
    for number, shown in enumerate(product.taught):
        if shown.is_dropped:
            # The page turns to what is still missing by itself.
            person.until(lambda number=number: _claimed(record) == number)
            person.drop(record, shown.source)
            _vouch(person, record)
        else:
            _record(person, record, shown, "record-off" if number else "record-on")
        person.until(lambda number=number: len(record.panel.list.cards) == number + 1)
    person.until(lambda: not record.intake.running)


def _claimed(record: RecordPage) -> int:
    """The number of what is chosen, among all that can be recorded."""
    return record.what.claims.claims.index(record.claim) if record.claim is not None else -1


def _record(person: Person, record: RecordPage, shown: Shown, name: str) -> None:
    # With a camera it is the product that a person changes here.
    record.bar.choice.choose(shown.source)
    record.bar.chosen.emit()
    person.wait(3)
    person.until(lambda: record.can_record)
    person.press(record.shooting.record)
    _vouch(person, record)
    person.wait(RECORDED_S)
    person.keep(name)
    person.press(record.shooting.record)


def _vouch(person: Person, record: RecordPage) -> None:
    """Of a recording without the component a person says by name that it is nowhere in it."""
    if record.claim is not None and record.claim.empty:
        person.type(record.attestation.name, "Ann")
        person.press(record.attestation.yes)


# Labels


def _label(person: Person, product: Product) -> None:
    label = person.open(LABEL)
    person.until(lambda: label.idle and label.extents)
    witnesses = [shown.witness() for shown in product.taught]
    if label.bar.suggest.isEnabled():
        person.press(label.bar.suggest)
    else:
        _draw_some(person, label, witnesses)
        person.press(label.bar.by_detector)
    person.until(lambda: not label.proposing.running and label.idle)
    for index, witness in _each_recording(person, label, witnesses):
        _look_through(person, label, witness, WAITS if index == 0 or product.patterns else (Standing.CONTRADICTING,))


def _each_recording(person: Person, label: LabelPage, witnesses: list[Witness]) -> Iterator[tuple[int, Witness]]:
    """The recordings one after the other, in the order in which they were made."""
    made = sorted(range(len(label.extents)), key=lambda index: label.extents[index].recording.recorded_at)
    for number, index in enumerate(made):
        if label.keeper is None or label.keeper.folder != label.extents[index].folder:
            label.recordings.setCurrentIndex(index)
            label.recordings.activated.emit(index)
            person.presses += 2  # which opens the list, and chooses of it
        person.until(lambda: label.idle and label.board.reel is not None)
        yield number, witnesses[number]


def _draw_some(person: Person, label: LabelPage, witnesses: list[Witness]) -> None:
    for _, witness in _each_recording(person, label, witnesses):
        reel = label.board.reel
        assert reel is not None
        for _ in range(min(DRAWN, len(reel.frames))):
            _draw(person, label, witness)
            person.press(label.board.tools.accept_)
            person.until(lambda: label.idle)


def _draw(person: Person, label: LabelPage, witness: Witness) -> None:
    """All boxes of the frame that is looked at, or that there is none."""
    board = label.board
    person.until(lambda: board.looked_at is not None)
    seen = _seen(label, witness)
    if not seen:
        person.press(board.tools.states[State.IGNORED if seen is None else State.VERIFIED_EMPTY])
        return
    for box in seen:
        if board.editor.label != box.label:
            person.press(board.tools.labels[_named(label).index(box.label)])
        person.press(board.tools.draw)
        person.drag(board.editor, board.editor.lens.to_screen(box.xyxy))
    person.until(lambda: board.reel is not None and board.reel.known(board.index).by_person)


def _named(label: LabelPage) -> list[Label]:
    """What the buttons of the tools name, in their order."""
    recipe, keeper = label.desk.recipe, label.keeper
    return list(labels_in(recipe, keeper.recording)) if recipe is not None and keeper is not None else []


def _look_through(person: Person, label: LabelPage, witness: Witness, waits: tuple[Standing, ...]) -> None:
    """Answer all that waits."""
    board = label.board

    def waiting() -> int | None:
        order = [*range(board.index, len(board.timeline.standings)), *range(board.index)]
        return next((index for index in order if board.timeline.standings[index] in waits), None)

    while (index := waiting()) is not None:
        if index != board.index:
            person.press(board.tools.accept_)
            person.until(lambda: label.idle)
            if board.index != index:
                board.go(index)  # by the timeline
        person.until(lambda: board.looked_at is not None)
        _answer(person, label, witness)
        person.until(lambda: label.idle)


def _answer(person: Person, label: LabelPage, witness: Witness) -> None:
    """What a person who sees the frame says of it."""
    board, index = label.board, label.board.index
    reel = board.looked_at
    assert reel is not None
    seen, moment, waits = _seen(label, witness), reel.moment(index), reel.suggested(index)
    if seen is None:
        person.press(board.tools.states[State.IGNORED])
    elif moment is not None:
        asked, there = board.contradiction, any(moment.xyxy is None or _overlap(moment.xyxy, box) for box in seen)
        person.press(asked.there if there else asked.not_there)
        person.until(lambda: label.idle)
        if board.index == index and board.timeline.standings[index] is Standing.CONTRADICTING:
            _draw(person, label, witness)
    elif waits is not None and _right(waits.boxes, seen):
        person.press(board.tools.accept_)
    else:
        person.press(board.tools.reject)
        _draw(person, label, witness)


def _seen(label: LabelPage, witness: Witness) -> Seen:
    reel = label.board.looked_at
    assert reel is not None
    return witness(reel.frames[label.board.index])


def _right(proposed: tuple[Box, ...], seen: tuple[Box, ...]) -> bool:
    """Whether each thing has one box, and each box one thing."""
    return len(proposed) == len(seen) and all(
        sum(box.label == one.label and _overlap(box.xyxy, one) for box in proposed) == 1 for one in seen
    )


def _overlap(xyxy: XYXY, box: Box) -> bool:
    return float(iou(as_boxes([xyxy]), as_boxes([box.xyxy]))[0, 0]) >= RIGHT_IOU


# The bundle


def _train(person: Person, product: Product) -> None:
    train = person.open(TRAIN)
    person.press(train.preparation.presets.cards["quick"])
    person.press(train.preparation.train)
    person.until(lambda: train.learning is not None and train.learning.previews.sights)
    person.wait(30)
    person.keep("train-running")
    person.until(lambda: not train.training.running)


def _validate(person: Person, product: Product) -> None:
    """What nobody has validated yet is validated as the page opens."""
    person.press(person.bench.page.learning.validate)
    validate = person.bench.page
    person.until(lambda: validate.validating.running)
    person.until(lambda: not validate.validating.running and not validate.errands.busy)


def _promote(person: Person, product: Product) -> None:
    train = person.open(TRAIN)
    person.press(train.bundles)
    person.until(lambda: _of_promoting(train))
    person.press(_of_promoting(train)[0])
    person.press(train.question.yes)
    person.until(lambda: not train.promoting.running)


def _of_promoting(train: TrainPage) -> list[QWidget]:
    """The buttons that give a bundle to the station: the second one of each bundle."""
    return train.comparison.findChildren(type(train.bundles))[1::2]
