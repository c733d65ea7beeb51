"""Annotations in other programs' formats: VOC XML (LabelImg), YOLO txt, COCO json, CSV.

A further one is `learning/tfrecord.py`, which needs TensorFlow: whoever imports or exports hands over the Format.
"""

from inspector.labeling.formats.exchange import FORMATS as FORMATS
from inspector.labeling.formats.exchange import Imported as Imported
from inspector.labeling.formats.exchange import export_annotations as export_annotations
from inspector.labeling.formats.exchange import import_annotations as import_annotations
