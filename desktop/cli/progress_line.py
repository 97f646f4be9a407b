"""One line on stderr that says how far long work has come."""

from __future__ import annotations

from types import TracebackType
from typing import TextIO


class ProgressLine:
    """Writes over its own line on a terminal; elsewhere it says each tenth once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._last: tuple[str, int] = ("", -1)

    def __enter__(self) -> ProgressLine:
        """Begin."""
        return self

    def report(self, done: int, total: int, what: str) -> None:
        """Say how much is done; `total` 0 means that the amount is not known."""
        percent = done * 100 // total if total else 0
        step = (what, percent if self._is_terminal else percent // 10)
        if step == self._last:
            return
        self._last = step
        text = f"{what}… {percent}%" if total else f"{what}…"
        self._stream.write(f"\r\x1b[K{text}" if self._is_terminal else f"{text}\n")
        self._stream.flush()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave an empty line behind on a terminal."""
        if self._is_terminal:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
