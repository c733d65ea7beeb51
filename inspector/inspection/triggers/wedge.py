"""A barcode scanner that types like a keyboard, told from a person who does. Pure; each key comes with its moment."""

from inspector.triggers import Scanner

ENDS = frozenset({"\r", "\n", "\t"})
"""Enter and Tab: what a scanner types at the end of a code."""


class Wedge:
    """Finds what was scanned among keys.

    A scan is keys in a row, each within `gap_s` of the one before, with Enter or Tab as the last; at least `least` of
    them between the prefix and the suffix, where the scanner was told to type such. A person types slower, and of a
    person who typed before the scanner did nothing is taken for the code.

    fast: whether the last key came so fast that it is a scanner's, so that nothing else should act on it.
    """

    def __init__(self, scanner: Scanner) -> None:
        self.fast = False
        self._scanner = scanner
        self._typed = ""
        self._last_s = float("-inf")

    def key(self, text: str, time_s: float) -> str:
        """One key. text: what it types, "" of a key that types nothing (Shift, say), which changes nothing; time_s: its
        moment by any clock.

        Returns: the code, where this key ends a scan; else "".
        """
        if not text:
            return ""
        self.fast = 0 <= time_s - self._last_s <= self._scanner.gap_s
        self._last_s = time_s
        if not self.fast:
            self._typed = ""
        if text not in ENDS:
            self._typed += text
            return ""
        typed, self._typed = self._typed, ""
        return self._code(typed) if self.fast else ""

    def _code(self, typed: str) -> str:
        prefix, suffix = self._scanner.prefix, self._scanner.suffix
        if not (typed.startswith(prefix) and typed.endswith(suffix) and len(typed) >= len(prefix) + len(suffix)):
            return ""
        code = typed[len(prefix) : len(typed) - len(suffix)]
        return code if len(code) >= self._scanner.least else ""
