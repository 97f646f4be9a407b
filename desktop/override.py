"""The decorator `override`, without loading `typing_extensions` while the program starts: it takes longer than the window.

Type checkers see the real one. It goes when Python 3.12, which has it in `typing`, is the oldest supported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing_extensions import override
else:
    T = TypeVar("T")

    def override(method: T) -> T:
        """Mark a method that takes the place of its base's."""
        return method


__all__ = ["override"]
