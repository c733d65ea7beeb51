"""From a camera or a file to frames and recordings."""

import os

# FFmpeg inside OpenCV reads this once, when it is first used. It and OpenCV would print an account of their own, of a
# lost stream or a bad picture, beside our sentence.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

import cv2

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
