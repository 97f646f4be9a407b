"""The headings under which the sections of a case file stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtWidgets import QWidget


class SectionGroup(StrEnum):
    """A heading of the list of sections, in the order of the list."""

    HOUSEHOLD = "世帯"
    RECORDS = "記録と方針"
    VISITS = "訪問"
    PAPERS = "書類"
    EMPLOYMENT = "就労と自立"
    EXCHANGE = "移管・照会"
    HISTORY = "履歴と保存"

    @property
    def place(self) -> int:
        """Which heading it is from above."""
        return list(SectionGroup).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the file, made once the file is open; it comes last under its heading."""

    key: str
    title: str
    group: SectionGroup
    make: Callable[[], QWidget]
