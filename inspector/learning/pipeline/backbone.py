"""The backbone that is nearest to a pipeline's feature extractor.

Defaults: ssd.proto and faster_rcnn.proto of the TensorFlow Object Detection API.
"""

from inspector.learning.pipeline.part import Part

NEAREST = (
    ("resnet101", "resnet101", ""),
    ("resnet50", "resnet50", ""),
    ("mobilenet_v2", "mobilenet_v2", ""),
    ("resnet152", "resnet101", "the deepest of its kind here"),
    ("inception_resnet", "resnet101", "the nearest here"),
    ("mobilenet", "mobilenet_v2", "the nearest here"),
    ("efficientnet", "mobilenet_v2", "of the same blocks, without their squeeze and excitation"),
)
"""Part of their type, our name, and what differs."""

OTHERWISE = ("compact", "our own small one: we have nothing like it")
BUILT = "the backbone is built in our own way"
THEIRS = (
    *("depth_multiplier", "min_depth", "conv_hyperparams", "override_base_feature_extractor_hyperparams"),
    *("pad_to_multiple", "use_explicit_padding", "use_depthwise", "fpn", "bifpn", "num_layers", "spaghettinet"),
    *("spaghettinet_arch_name", "replace_preprocessor_with_placeholder", "batch_norm_trainable"),
)


def read_backbone(extractor: Part) -> None:
    """Read a feature extractor, but for what its family has of its own."""
    theirs = extractor.peek("type", "")
    ours, difference = next(((ours, how) for part, ours, how in NEAREST if part in theirs), OTHERWISE)
    if difference:
        extractor.translate("type", "", f"backbone {ours}, {difference}", {"backbone": ours})
    else:
        extractor.take("type", "", "backbone", lambda _: ours)
    extractor.leave(BUILT, *THEIRS)
