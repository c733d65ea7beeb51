"""`make screenshots`: a person teaches products in the window, and each page is kept as a picture.

Every press and every key goes through Qt as a hand's would, and is counted. Needs Xvfb.
`python -m tests.screens FOLDER LANGUAGE PRODUCT` is one of the windows.
"""

import sys
from pathlib import Path

from tests.screens import drive

if __name__ == "__main__":
    if sys.argv[1:]:
        folder, language, name = sys.argv[1:]
        drive.one_language(Path(folder), language, name)
    else:
        drive.screenshots()
