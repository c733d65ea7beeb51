"""Changing pictures before they teach: drawn on the host (`changes`), done on the device (`augment`)."""
