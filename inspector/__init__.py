"""The engine, from a camera to a verdict. Whatever starts, this is imported before OpenCV."""

import os

MOST_DECODED = 2**27
"""Pixels of a picture that is decoded at all: a little more than anybody works with, so that such a one is still told
by its size. A small file may say that it holds any number, and each takes memory before anybody can ask for it.
"""

# OpenCV reads this once, when it is loaded.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MOST_DECODED))
