"""`make screenshots`: a person teaches products in the window, and each page is kept as a picture.

Every press and every key goes through Qt as a hand's would, and is counted. Needs Xvfb.
`python -m tests.screens FOLDER LANGUAGE PRODUCT` is one of the windows.
"""

import os
import sys
from pathlib import Path

from tests.screens import drive
from ui import app

if __name__ == "__main__":
    if sys.argv[1:]:
        folder, language, name = sys.argv[1:]
        running = app._application()  # outlives every window: Qt may crash over one that is cleared up after it
        drive.one_language(running, Path(folder), language, name)
        sys.stdout.flush()
        os._exit(0)
    else:
        drive.screenshots()
