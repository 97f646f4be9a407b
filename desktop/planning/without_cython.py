"""What the planner's source needs of Cython's module when it runs as plain Python and Cython is not installed."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

#: Whether this source has been compiled; Cython's own module says True inside an extension.
compiled = False
#: Interpreted, nothing can let go of the interpreter's lock.
nogil: AbstractContextManager[None] = nullcontext()
