"""What the self-check of a server says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it must be. `is_grave`: the office must not work before it is mended.

    `part` is the kind of thing (`trigger`, `policy`, `role` …), `name` the thing in the database's words.
    """

    part: str
    name: str
    sentence: str
    is_grave: bool = True
