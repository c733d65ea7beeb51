"""Faster R-CNN pipelines as settings of our two stages, which have their names without the prefix.

Defaults: faster_rcnn.proto, grid_anchor_generator.proto and post_processing.proto of the TensorFlow Object Detection
API.
"""

from inspector.labeling.formats.prototext import Word
from inspector.learning.pipeline.backbone import read_backbone
from inspector.learning.pipeline.listing import Fate
from inspector.learning.pipeline.losses import SECOND_STAGE, classification, mining
from inspector.learning.pipeline.part import Part
from inspector.learning.pipeline.single_stage import ADAPTED, GENERATORS, OTHER, OWN_HEADS, RECIPE, THRESHOLDS

FIRST = (
    ("minibatch_size", 256),
    ("positive_balance_fraction", 0.5),
    ("nms_score_threshold", 0.0),
    ("nms_iou_threshold", 0.7),
    ("max_proposals", 300),
    ("localization_loss_weight", 1.0),
    ("objectness_loss_weight", 1.0),
)
STRIDES = (8, 16)
MINED = "of no effect beside a hard_example_miner, as there"
LIBRARY = "of no effect on what is learned"


def read_two_stage(model: Part) -> None:
    """Read `model { faster_rcnn { ... } }`."""
    model.reading.changes["family"] = "faster_rcnn"
    model.tell(Fate.TAKEN, "family faster_rcnn")
    model.leave(RECIPE, "num_classes")
    model.expect("number_of_stages", 2, 2, "always both stages here")
    model.leave("always both stages here", "first_stage_only")
    _first_stage(model)
    _second_stage(model)
    model.leave(OWN_HEADS, "first_stage_atrous_rate", "first_stage_box_predictor_conv_hyperparams")
    model.leave(OWN_HEADS, "first_stage_box_predictor_kernel_size", "first_stage_box_predictor_depth")
    model.leave(OWN_HEADS, "inplace_batchnorm_update", "second_stage_box_predictor", "hard_class_batch_size")
    model.leave(OTHER, "second_stage_mask_prediction_loss_weight", "context_config", "freeze_batchnorm")
    model.leave(LIBRARY, "use_matmul_crop_and_resize", "use_matmul_gather_in_matcher", "use_static_shapes")
    model.leave(LIBRARY, "use_static_balanced_label_sampler", "use_static_shapes_for_eval", "resize_masks")
    model.leave(LIBRARY, "use_partitioned_nms_in_first_stage", "return_raw_detections_during_predict")
    model.leave(
        LIBRARY, "output_final_box_features", "output_final_box_rpn_features", "use_combined_nms_in_first_stage"
    )
    model.leave("boxes are cut to the picture here", "clip_anchors_to_image")
    model.finish()


def _first_stage(model: Part) -> None:
    extractor = model.part("feature_extractor")
    read_backbone(extractor)
    stride = extractor.peek("first_stage_features_stride", 16)
    if stride in STRIDES:
        extractor.take("first_stage_features_stride", 16, "first_stage.features_stride")
    else:
        extractor.expect("first_stage_features_stride", 16, 16, "16 here, or 8")
    extractor.finish()
    for name, default in FIRST:
        model.take(f"first_stage_{name}", default, f"first_stage.{name}")
    generator = model.part("first_stage_anchor_generator")
    grid = generator.part("grid_anchor_generator")
    if grid.there:
        _grid(grid, stride)
    generator.leave(ADAPTED, *GENERATORS, fate=Fate.TRANSLATED)
    generator.finish()


def _grid(grid: Part, stride: int) -> None:
    to = "first_stage.anchor_generator"
    grid.take_numbers("scales", (0.5, 1.0, 2.0), f"{to}.scales")
    grid.take_numbers("aspect_ratios", (0.5, 1.0, 2.0), f"{to}.aspect_ratios")
    grid.take("height", 256, f"{to}.height")
    grid.take("width", 256, f"{to}.width")
    for name in ("height_stride", "width_stride"):
        grid.expect(name, 16, stride, "an anchor stands in every cell of the features here")
    grid.leave("an anchor stands in the middle of its cell here", "height_offset", "width_offset")
    grid.finish()


def _second_stage(model: Part) -> None:
    to = "second_stage"
    if model.has("initial_crop_size"):
        model.reading.changes[f"{to}.pooling"] = "crop"
    for name, usual in (("initial_crop_size", 14), ("maxpool_kernel_size", 2), ("maxpool_stride", 2)):
        if model.has(name):
            model.take(name, usual, f"{to}.{name}")
    miner = model.part("hard_example_miner")
    if miner.there:
        model.leave(MINED, "second_stage_batch_size", "second_stage_balance_fraction")
        mining(miner, f"{to}.hard_example_miner", counts=False)
    else:
        model.take("second_stage_batch_size", 64, f"{to}.batch_size")
        model.take("second_stage_balance_fraction", 0.25, f"{to}.balance_fraction")
    for name in ("localization_loss_weight", "classification_loss_weight"):
        model.take(f"second_stage_{name}", 1.0, f"{to}.{name}")
    _scores(model)


def _scores(model: Part) -> None:
    """Softmax or sigmoid, which loss and score converter should agree on."""
    loss = model.part("second_stage_classification_loss")
    after = model.part("second_stage_post_processing")
    kind = classification(loss, "second_stage.score_converter", SECOND_STAGE) or "softmax"
    after.expect("score_converter", Word("IDENTITY"), Word(kind.upper()), f"{kind} here, as the loss")
    after.leave(THRESHOLDS, "batch_non_max_suppression", "logit_scale", "calibration_config")
    after.finish()
