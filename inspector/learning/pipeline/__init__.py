"""A `pipeline.config` of the TensorFlow Object Detection API as settings of ours: see `takeover`."""
