"""Lists that leave the office as CSV (7.3): the office chooses columns and their order from this catalogue and gives the choice a name.

The catalogue is fixed. It has no health, no motivation and no barrier, sensitive or not: nothing of what answers say. Names are written
only where the person who exports ticks them, whatever the choice of the office says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ExportColumn(StrEnum):
    """One column of a list: a fact of the person or household behind a figure."""

    CASE_NUMBER = "case_number"
    NAME = "name"
    DISTRICT = "district"
    HOUSEHOLD_TYPE = "household_type"
    SEX = "sex"
    AGE_BAND = "age_band"
    GROUP = "group"
    DECIDED_ON = "decided_on"
    REVIEW_ON = "review_on"
    COUNTS = "counts"
    WORDS = "words"


#: Column → the heading of its cells; the same words stand in the office's table.
EXPORT_COLUMN: Mapping[ExportColumn, str] = {
    ExportColumn.CASE_NUMBER: "ケース番号",
    ExportColumn.NAME: "氏名",
    ExportColumn.DISTRICT: "地区",
    ExportColumn.HOUSEHOLD_TYPE: "世帯類型",
    ExportColumn.SEX: "性別",
    ExportColumn.AGE_BAND: "年齢",
    ExportColumn.GROUP: "決定した支援区分",
    ExportColumn.DECIDED_ON: "決定日",
    ExportColumn.REVIEW_ON: "次の見直し",
    ExportColumn.COUNTS: "分子",
    ExportColumn.WORDS: "内容",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListExport:
    """A choice of columns under a name, as the office's table has it."""

    key: str
    label: str
    columns: tuple[ExportColumn, ...]

    def heads(self, *, with_names: bool) -> tuple[ExportColumn, ...]:
        """The columns that are written; 氏名 only where names were asked for; the case number where nothing is left."""
        found = tuple(c for c in self.columns if with_names or c is not ExportColumn.NAME)
        return found or (ExportColumn.CASE_NUMBER,)


#: What is written where the office chose nothing.
USUAL = ListExport(
    key="",
    label="標準",
    columns=(
        *(ExportColumn.CASE_NUMBER, ExportColumn.NAME, ExportColumn.DISTRICT),
        *(ExportColumn.COUNTS, ExportColumn.WORDS),
    ),
)
