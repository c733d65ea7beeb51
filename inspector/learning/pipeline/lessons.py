"""How a pipeline trains.

Defaults: train.proto, optimizer.proto and preprocessor.proto of the TensorFlow Object Detection API.
"""

from inspector.learning.pipeline.listing import Fate
from inspector.learning.pipeline.part import Part

LEAST_BATCH, MOST_BATCH = 2, 256
CHECKPOINT = "a checkpoint of that API fits no network of ours; --weights takes a .weights.h5 file for the backbone"
MACHINERY = "of that API's own machinery"
OTHER = "we have nothing like it"
OWN_RATE = "a rate of its own: one made for another optimizer would mean something else"
SCHEDULE = "warmed up, then lowered along half a cosine"
SCHEDULES = {
    "constant_learning_rate": "learning_rate",
    "exponential_decay_learning_rate": "initial_learning_rate",
    "manual_step_learning_rate": "initial_learning_rate",
    "cosine_decay_learning_rate": "learning_rate_base",
}
"""Each with the name of its highest rate."""
FLIPS = ("random_horizontal_flip", "random_vertical_flip", "random_rotation90")
CROPS = (
    *("ssd_random_crop", "ssd_random_crop_pad", "ssd_random_crop_fixed_aspect_ratio"),
    *("ssd_random_crop_pad_fixed_aspect_ratio", "random_crop_image", "random_pad_image", "random_crop_pad_image"),
    *("random_crop_to_aspect_ratio", "random_absolute_pad_image", "random_scale_crop_and_pad_to_square"),
    *("random_image_scale", "random_square_crop_by_scale"),
)
LIGHT = (
    *("random_adjust_brightness", "random_adjust_contrast", "random_adjust_hue", "random_adjust_saturation"),
    *("random_distort_color", "random_pixel_value_scale", "random_rgb_to_gray"),
)
COVERS = ("random_black_patches", "random_patch_gaussian")
NOISE = ("random_jpeg_quality", "random_downscale_to_target_pixels", "random_resize_method")
AUGMENTATION = {
    FLIPS: "the recipe's `turns` says of each component whether it may lie so",
    CROPS: "pictures are shifted, scaled and turned a little, alike with and without boxes: a crop that insists on an "
    "object would tell the two apart",
    LIGHT: "exposure, contrast, gamma and white balance change always",
    COVERS: "places are covered always",
    NOISE: "noise, blur and JPEG are added always",
}
UNCHANGED = ("normalize_image", "subtract_channel_mean", "resize_image", "rgb_to_gray")
TRAIN_MACHINERY = (
    *("sync_replicas", "keep_checkpoint_every_n_hours", "startup_delay_steps", "replicas_to_aggregate"),
    *("batch_queue_capacity", "num_batch_queue_threads", "prefetch_queue_capacity", "max_number_of_boxes"),
    *("unpad_groundtruth_tensors", "retain_original_images", "use_bfloat16", "summarize_gradients"),
    *("retain_original_image_additional_channels",),
)
TRAIN_OTHER = (
    *("bias_grad_multiplier", "update_trainable_variables", "freeze_variables", "merge_multiple_label_boxes"),
    *("use_multiclass_scores", "add_regularization_loss"),
)


def read_training(train: Part) -> None:
    """Read `train_config { ... }`."""
    _batch(train)
    if train.has("num_steps") and train.peek("num_steps", 0):
        train.take("num_steps", 0, "steps")
    else:
        train.translate("num_steps", 0, "as many as the frames need, where theirs never ends")
    _clip(train)
    _optimizer(train.part("optimizer"))
    for step in train.parts("data_augmentation_options"):
        for names, how in AUGMENTATION.items():
            step.leave(how, *names, fate=Fate.TRANSLATED)
        step.leave("scaling of pixel values is a layer of the network", *UNCHANGED)
        step.leave_rest(OTHER)
    train.leave(CHECKPOINT, "fine_tune_checkpoint", "fine_tune_checkpoint_type", "fine_tune_checkpoint_version")
    train.leave(CHECKPOINT, "from_detection_checkpoint", "load_all_detection_checkpoint_vars")
    train.leave(MACHINERY, *TRAIN_MACHINERY)
    train.leave(OTHER, *TRAIN_OTHER)
    train.finish()


def _batch(train: Part) -> None:
    wanted = train.peek("batch_size", 32)
    ours = min(max(wanted, LEAST_BATCH), MOST_BATCH)
    if ours == wanted:
        train.take("batch_size", 32, "batch")
    else:
        how = f"batch {ours}: {LEAST_BATCH} to {MOST_BATCH} here, so that each holds frames with boxes and without"
        train.translate("batch_size", 32, how, {"batch": ours})


def _clip(train: Part) -> None:
    if train.peek("gradient_clipping_by_norm", 0.0) > 0:
        train.take("gradient_clipping_by_norm", 0.0, "clip")
    else:
        train.take("gradient_clipping_by_norm", 0.0, "clip", lambda _: None)


def _optimizer(optimizer: Part) -> None:
    optimizer.leave(f"AdamW here, and {OWN_RATE}", "momentum_optimizer", "rms_prop_optimizer")
    adam = optimizer.part("adam_optimizer")
    schedules = adam.part("learning_rate")
    for name, rate in SCHEDULES.items():
        schedule = schedules.part(name)
        schedule.take(rate, 0.002, "rate")
        schedule.leave_rest(SCHEDULE, Fate.TRANSLATED)
    schedules.finish()
    adam.leave_rest("as Keras has it")
    optimizer.leave("weights are used as they stand at the end", "use_moving_average", "moving_average_decay")
    optimizer.finish()
