"""Teaching a detector: the only place that imports Keras or TensorFlow."""

import os

from inspector.loading import loading
from inspector.quiet import quiet

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# TensorFlow tells of processor features and missing GPUs while it loads, whatever its log level.
with quiet(), loading():
    import keras as keras
