"""Codes read from a picture."""

import cv2
import numpy as np

from inspector.frame import Image
from inspector.serial import Code, Serial

FORMATS = {
    Code.CODE_128: ("Code128",),
    Code.EAN: ("EAN13", "EAN8", "UPCA", "UPCE"),
    Code.DATA_MATRIX: ("DataMatrix",),
    Code.QR: ("QRCode",),
}
"""What the library calls them."""


def read_codes(image: Image, serial: Serial) -> tuple[str, ...]:
    """The texts of the codes in the picture, or in the serial number's region of it; each once, sorted.

    All of these kinds bear a checksum or correct errors; what is not valid by it is not read.
    """
    import zxingcpp  # only a recipe that reads codes needs it

    wanted = [getattr(zxingcpp.BarcodeFormat, name) for code in serial.codes for name in FORMATS[code]]
    if serial.region is not None:
        xmin, ymin, xmax, ymax = (round(edge) for edge in serial.region)
        image = image[ymin:ymax, xmin:xmax]
    if not wanted or not image.size:
        return ()
    grey = cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_BGR2GRAY)
    formats = zxingcpp.BarcodeFormats(wanted)
    found = zxingcpp.read_barcodes(grey, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    return tuple(sorted({code.text for code in found if code.valid and code.text}))
