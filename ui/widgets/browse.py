"""The system's window of files, as the app asks for some: it holds up nothing, and changes nothing on the disk."""

from collections.abc import Callable

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QFileDialog, QWidget


def window_of_files(over: QWidget, title: str = "") -> QFileDialog:
    """One that is not open yet, and is gone once it was closed."""
    dialog = QFileDialog(over.window(), title)
    dialog.setAttribute(Qt.WA_DeleteOnClose)
    # Qt's own window could rename and delete: who chooses a video at a station has no business doing so.
    dialog.setOption(QFileDialog.ReadOnly)
    return dialog


def browse(over: QWidget, mode: QFileDialog.FileMode, then: Callable[[list[str]], object]) -> QFileDialog:
    """Ask for files or a folder, beside the event loop; then: called with what was chosen, if anything was."""
    dialog = window_of_files(over)
    dialog.setFileMode(mode)
    dialog.filesSelected.connect(lambda files: then(files))
    dialog.open()
    return dialog
