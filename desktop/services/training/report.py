"""What a run of the training office's creation made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingReport:
    """Counts of what was made. `rows` is by table, `planted` by rule, `seconds` the time it took."""

    households: int
    persons: int
    entries: int
    staff: int
    rows: Mapping[str, int]
    planted: Mapping[str, int]
    planted_file: Path | None
    seconds: float
