"""How a bug is written down: exception types and frames, never messages, because those carry people's data."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

from desktop.override import override

_OWN = "desktop"


def describe(error: BaseException) -> str:
    """The chain of exception types with the frames of each, on one line a type."""
    chain: list[str] = []
    current: BaseException | None = error
    while current is not None:
        chain.append(_describe_one(current))
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return " <- ".join(chain)


class FramesOnlyFormatter(logging.Formatter):
    """Writes an exception's type and frames where the ordinary formatter would write its message and source lines."""

    @override
    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """The exception without its message."""
        return describe(ei[1]) if ei[1] is not None else ""


def _describe_one(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = " > ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__module__}.{type(error).__qualname__} at {places or '-'}"


def _short(path: str) -> str:
    # Folders above the package may name the user; they are left out.
    parts = path.replace("\\", "/").split("/")
    start = parts.index(_OWN) if _OWN in parts else len(parts) - 2
    return "/".join(parts[max(start, 0) :])
