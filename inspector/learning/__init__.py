"""Teaching a detector: the only place that imports Keras or TensorFlow."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
# TensorFlow tells of its processor features and missing GPUs on every import; a person reads only what concerns them.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
