"""What stands on paper."""

from pathlib import Path

from pypdf import PdfReader


def text_of(path: Path) -> str:
    """All words of a PDF, one blank between two."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())
