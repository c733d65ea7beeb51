"""`inspector train --pipeline`: what a person hears before anything is packed."""

from pathlib import Path
from typing import Any

import pytest

Inspector = Any

TEXT = """model { ssd { image_resizer { fixed_shape_resizer { width: 96 height: 96 } } num_classes: 2 } }
train_config {
  batch_size: 4
  num_steps: 3
  fine_tune_checkpoint: 'model.ckpt'
  colour: 'red'
}
"""


@pytest.fixture
def pipeline(inspector: Inspector, tmp_path: Path) -> Path:
    inspector("recipe", "new", "lid", "--component", "tape")
    path = tmp_path / "pipeline.config"
    path.write_text(TEXT)
    return path


def test_each_setting_is_told_before_the_frames_are_packed(inspector: Inspector, pipeline: Path) -> None:
    said = inspector("train", "lid", "--pipeline", str(pipeline))
    assert said.code == 2
    assert "--component tape --positive" in said.err
    for cells in (
        ("train_config.batch_size", "4", "taken", "batch 4"),
        ("train_config.fine_tune_checkpoint", "'model.ckpt'", "not used", "a checkpoint of that API"),
        ("train_config.colour", "'red'", "not known", "no setting of that API."),
        ("fixed_shape_resizer.width", "96", "translated", "up to a multiple of 32"),
    ):
        assert any(all(cell in line for cell in cells) for line in said.out.splitlines()), cells
    assert "1 not known." in said.out.splitlines()[-1]


@pytest.mark.parametrize("expect", [(), ("--expect",)], ids=["train", "expect"])
def test_an_option_that_contradicts_the_pipeline_is_refused_before_the_frames_are_packed(
    inspector: Inspector, pipeline: Path, expect: tuple[str, ...]
) -> None:
    pipeline.write_text(TEXT.replace("ssd {", "ssd { loss { hard_example_miner { num_hard_examples: 3000 } }", 1))
    said = inspector("train", "lid", "--pipeline", str(pipeline), "--family", "faster_rcnn", *expect)
    assert said.code == 2
    assert said.err == (
        "So it cannot be taught: faster_rcnn has no objective: leave it away, or take ssd or anchor_free.\n"
    )


def test_a_program_hears_a_line_for_each(inspector: Inspector, pipeline: Path) -> None:
    lines = inspector("train", "lid", "--pipeline", str(pipeline), "--json").lines
    *settings, last = (line for line in lines if line.get("stage") != "pack")
    assert last == {"pipeline": str(pipeline), "taken": 6, "translated": 3, "not used": 2, "not known": 1}
    assert {line["stage"] for line in settings} == {"pipeline"}
    (one,) = (line for line in settings if line["name"] == "train_config.num_steps")
    assert one == {
        "stage": "pipeline",
        "name": "train_config.num_steps",
        "value": "3",
        "fate": "taken",
        "how": "steps 3",
        "line": 4,
    }


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.py", "_base_ = 'x.py'", "is a Python file, as MMDetection's and Detectron2's; a pipeline.config of the"),
        ("a.yaml", "nc: 80", "is YAML, as Ultralytics' and Detectron2's; a pipeline.config of the"),
        ("a.cfg", "[net]\nbatch=64", "is a .cfg file, as Darknet's; a pipeline.config of the"),
        (
            "a.config",
            "model { ssd { } } train_config { num_steps: -4 }",
            ":1: 'train_config.num_steps': this should be",
        ),
    ],
)
def test_another_program_s_file_is_refused_in_one_sentence(
    inspector: Inspector, pipeline: Path, tmp_path: Path, name: str, text: str, sentence: str
) -> None:
    (tmp_path / name).write_text(text)
    said = inspector("train", "lid", "--pipeline", str(tmp_path / name))
    assert (said.code, said.out) == (2, "")
    (told,) = said.err.splitlines()
    assert sentence in told


def test_a_pipeline_that_is_not_there(inspector: Inspector, pipeline: Path) -> None:
    said = inspector("train", "lid", "--pipeline", "nowhere.config")
    assert (said.code, said.err) == (2, "There is no file nowhere.config.\n")
