"""SSD, RetinaNet and EfficientDet pipelines as settings of our single stage.

Defaults: ssd.proto, argmax_matcher.proto, faster_rcnn_box_coder.proto, ssd_anchor_generator.proto and
multiscale_anchor_generator.proto of the TensorFlow Object Detection API.
"""

import math

from inspector.labeling.formats.prototext import Message
from inspector.learning.anchors import CENTER_VARIANCE, SIZE_VARIANCE
from inspector.learning.pipeline.backbone import read_backbone
from inspector.learning.pipeline.listing import Fate
from inspector.learning.pipeline.losses import classification, localization, mining
from inspector.learning.pipeline.part import Part

RECIPE = "the recipe names the labels"
OWN_HEADS = "the heads are built in our own way"
THRESHOLDS = "working scores are chosen on held-out frames, and overlapping detections suppressed in one way"
ADAPTED = "anchors take the sizes of the dataset's boxes"
BACKGROUND = "decided by the loss: a softmax has a column for the background, a sigmoid has none"
OTHER = "we have nothing like it"
BALANCED = "an image's positives and negatives are balanced by mining, or drawn, or weighed by the focal loss"
BIAS = -math.log(99)
CODES = 4
GENERATORS = (
    *("ssd_anchor_generator", "multiscale_anchor_generator", "grid_anchor_generator"),
    "flexible_grid_anchor_generator",
)


def read_single_stage(ssd: Part) -> None:
    """Read `model { ssd { ... } }`."""
    ssd.reading.changes["family"] = "ssd"
    extractor = ssd.part("feature_extractor")
    if extractor.has("bifpn"):
        ssd.tell(Fate.TRANSLATED, "family ssd: an EfficientDet with features merged one way, top down")
    else:
        ssd.tell(Fate.TAKEN, "family ssd")
    ssd.leave(RECIPE, "num_classes")
    read_backbone(extractor)
    extractor.finish()
    _matching(ssd.part("matcher"), ssd.part("similarity_calculator"))
    _anchors(ssd.part("anchor_generator"), ssd.part("box_coder"))
    _heads(ssd.part("box_predictor"))
    _loss(ssd)
    ssd.leave(OWN_HEADS, "freeze_batchnorm", "inplace_batchnorm_update")
    ssd.leave(THRESHOLDS, "post_processing")
    ssd.leave(BACKGROUND, "encode_background_as_zeros", "add_background_class", "explicit_background_class")
    ssd.leave(OTHER, "use_confidences_as_targets", "implicit_example_weight", "mask_head_config")
    ssd.leave(OTHER, "return_raw_detections_during_predict")
    ssd.finish()


def _matching(matcher: Part, similarity: Part) -> None:
    argmax = matcher.part("argmax_matcher")
    argmax.expect("matched_threshold", 0.5, 0.5)
    argmax.expect("unmatched_threshold", 0.5, 0.4, "0.4 here: an overlap of nearly half is not called background")
    argmax.expect("ignore_thresholds", False, False)
    argmax.expect("negatives_lower_than_unmatched", True, True)
    argmax.expect("force_match_for_each_row", False, True, "every box has an anchor here")
    argmax.leave("of no effect on what is learned", "use_matmul_gather")
    argmax.finish()
    matcher.leave(OTHER, "bipartite_matcher")
    matcher.finish()
    if similarity.has("iou_similarity"):
        similarity.take("iou_similarity", Message())
    similarity.leave("IoU here", "neg_sq_dist_similarity", "ioa_similarity", "thresholded_iou_similarity")
    similarity.finish()


def _anchors(generator: Part, coder: Part) -> None:
    generator.leave(ADAPTED, *GENERATORS, fate=Fate.TRANSLATED)
    generator.finish()
    scales = coder.part("faster_rcnn_box_coder")
    for name in ("y_scale", "x_scale"):
        scales.expect(name, 10.0, 1 / CENTER_VARIANCE)
    for name in ("height_scale", "width_scale"):
        scales.expect(name, 5.0, 1 / SIZE_VARIANCE)
    scales.finish()
    coder.leave("boxes are coded as by the faster_rcnn_box_coder", "keypoint_box_coder", "mean_stddev_box_coder")
    coder.leave("boxes are coded as by the faster_rcnn_box_coder", "square_box_coder")
    coder.finish()


def _heads(predictor: Part) -> None:
    for name in ("convolutional_box_predictor", "weight_shared_convolutional_box_predictor"):
        inner = predictor.part(name)
        if inner.has("class_prediction_bias_init"):
            bias = inner.peek("class_prediction_bias_init", 0.0)
            # Theirs is written with two digits: -4.6 for a prior of one in a hundred.
            inner.expect("class_prediction_bias_init", 0.0, bias if math.isclose(bias, BIAS, abs_tol=0.05) else BIAS)
        inner.leave_rest(OWN_HEADS)
    predictor.leave_rest(OWN_HEADS)


def _loss(ssd: Part) -> None:
    ssd.expect("negative_class_weight", 1.0, 1.0)
    how = "divided by what matched, or by its share of the negatives that teach where that is more"
    ssd.translate("normalize_loss_by_num_matches", True, how)
    loss = ssd.part("loss")
    if not loss.there:
        return
    kind = classification(loss.part("classification_loss"), "objective.classification")
    localization(loss.part("localization_loss"), "objective.localization")
    _examples(loss, kind)
    loss.take("classification_weight", 1.0, "objective.classification_weight")
    _box_weight(loss, ssd)
    loss.leave(BALANCED, "expected_loss_weights", "min_num_negative_samples", "desired_negative_sampling_ratio")
    loss.leave(OTHER, "equalization_loss")
    loss.finish()


def _box_weight(loss: Part, ssd: Part) -> None:
    """The weight of the box loss, which the API may divide by the four numbers of a box's code."""
    if not ssd.peek("normalize_loc_loss_by_codesize", False):
        ssd.take("normalize_loc_loss_by_codesize", False)
        loss.take("localization_weight", 1.0, "objective.localization_weight")
        return
    weight = loss.peek("localization_weight", 1.0) / CODES
    how = f"objective.localization_weight {weight:g}: a box has {CODES} numbers"
    ssd.translate("normalize_loc_loss_by_codesize", False, how)
    loss.translate("localization_weight", 1.0, how, {"objective.localization_weight": weight})


def _examples(loss: Part, kind: str | None) -> None:
    """Which negatives teach: the hardest, some drawn, or all."""
    miner, sampler = loss.part("hard_example_miner"), loss.part("random_example_sampler")
    changes = loss.reading.changes
    changes["objective.mining"] = changes["objective.random_examples"] = None
    if miner.there and sampler.there:
        miner.complain("and random_example_sampler both choose negatives; leave one of them away")
    if miner.there and kind == "focal":
        miner.complain("and a focal loss both choose among negatives; leave the miner away, as that API wants it too")
    if miner.there:
        changes["objective.mining"] = {}
        mining(miner, "objective.mining")
    if sampler.there:
        changes["objective.random_examples"] = {}
        fraction = "objective.random_examples.positive_sample_fraction"
        sampler.take("positive_sample_fraction", 0.01, fraction)
        sampler.finish()
