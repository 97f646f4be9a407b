"""The cells of one row, read into values. What cannot be read becomes a problem with its line and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

import jaconv

from desktop.domain.csv_cells import plain_cell
from desktop.domain.entries import parse_postal_code
from desktop.domain.era import parse_date
from desktop.domain.errors import ValidationError
from desktop.domain.kana import fold_digits, to_full_width_kana
from desktop.domain.ledger import LedgerMapping
from desktop.domain.ledger_columns import LedgerColumn, RecordColumn
from desktop.services.ledger_import.csv_table import Header
from desktop.services.ledger_import.findings import Findings
from desktop.services.ledger_import.mapping import normal

_REFERENCE = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\uf8f0-\uf8f3\ufffe\uffff]")
_LINE_END = re.compile(r"[\t\r\n]")
_OFFICE_SIGNS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_HALF_WIDTH_KANA = re.compile("[\uff66-\uff9f]")
#: An era or a year of four digits must be there: month and day alone, or "昨日", is no date of a ledger.
_FULL_DATE = re.compile(
    r"(?:明治|大正|昭和|平成|令和|[明大昭平令MTSHRmtshr])\s*[元0-9].*|[1-5][0-9]{6}|[1-5]([/.-])[0-9]{1,2}(?:[/.-][0-9]{1,2}){2}|(?:西暦)?[0-9]{4}[年/.-].*|[0-9]{8}"
)
_TOO_MANY_DIGITS = re.compile(r"[0-9]{9}")
_TIME_OF_DAY = re.compile(r"[ T]0{1,2}:00(?::00(?:\.0+)?)?$")
_SHOWN = 20
_MOST_DATES = 50_000
_HIGHEST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)
Column = TypeVar("Column", LedgerColumn, RecordColumn)


class CellReader(Generic[Column]):
    """Reads the cells of the current row; `at` moves to a row."""

    def __init__(
        self, header: Header[Column], mapping: LedgerMapping, today: date, findings: Findings
    ) -> None:
        self.findings = findings
        self.line = 0
        self._header: Header[Column] = header
        self._mapping = mapping
        self._cells: list[str] = []
        self._read_date = lru_cache(maxsize=_MOST_DATES)(_date_reader(today, mapping.blank_dates))

    def at(self, line: int, cells: list[str]) -> None:
        """Move to a row."""
        self.line = line
        self._cells = cells

    @property
    def width(self) -> int:
        """How many cells a row must have."""
        return len(self._header.names)

    def has(self, column: Column) -> bool:
        """Whether the file has the column."""
        return column in self._header.places

    def problem(self, column: Column, sentence: str) -> None:
        """Note what is wrong with a cell of this row."""
        name = self._header.name_of(column) if self.has(column) else column
        self.findings.problem(self.line, name, sentence)

    def raw(self, column: Column) -> str:
        """The cell with character references (&#x20BB7;) resolved, trimmed; "" where the column is missing."""
        place = self._header.places.get(column)
        if place is None:
            return ""
        cell = plain_cell(self._cells[place].strip())
        if "&#" in cell:
            cell = _REFERENCE.sub(_character, cell)
        if not cell.isprintable() and _CONTROL.search(cell):
            self.problem(column, "文字ではないデータ（制御文字）が入っています。")
            return _CONTROL.sub("", cell)
        return cell

    def text(self, column: Column) -> str:
        """One line of text; half-width kana become full width, everything else stays as it is."""
        cell = self.raw(column)
        if cell.isascii() and cell.isprintable():
            return cell
        if _LINE_END.search(cell):
            cell = _LINE_END.sub(" ", cell)
        if _OFFICE_SIGNS.search(cell):
            name = self._header.name_of(column)
            self.findings.notice(
                self.line, name, "外字（事務所固有の文字）があり、表示できません。"
            )
        return str(jaconv.h2z(cell, kana=True)) if _HALF_WIDTH_KANA.search(cell) else cell

    def needed(self, column: Column, value: str) -> str:
        """The value; a problem when it is empty."""
        if not value:
            self.problem(column, "空欄です。")
        return value

    def number(self, column: Column) -> str:
        """A case or person number in plain digits; it must be there."""
        return self.needed(column, fold_digits(self.raw(column)))

    def kana(self, column: Column) -> str:
        """Kana as stored."""
        return to_full_width_kana(self.text(column))

    def day(self, column: Column) -> date | None:
        """A date, None for an empty cell or one that cannot be read (which is a problem)."""
        cell = self.raw(column)
        if not cell:
            return None
        found = self._read_date(cell)
        if isinstance(found, str):
            self.problem(column, found)
            return None
        return found

    def code(self, column: LedgerColumn) -> str | None:
        """The code a cell stands for; None for an empty cell or an unknown one (which is a problem)."""
        cell = self.raw(column)  # type: ignore[arg-type]  # only ledgers have code tables
        if not cell:
            return None
        table = self._mapping.codes[column]
        found = table.get(cell)
        if found is None:
            found = table.get(normal(cell))
        if found is None:
            shown = cell[:_SHOWN] if not _TOO_MANY_DIGITS.search(cell) else "…"
            self.problem(column, f"「{shown}」は対応表にありません。")  # type: ignore[arg-type]
        return found

    def postal_code(self, column: Column) -> str:
        """A postal code as 123-4567, "" for an empty cell."""
        cell = self.raw(column)
        if not cell:
            return ""
        try:
            return parse_postal_code(cell)
        except ValidationError as error:
            self.problem(column, error.sentence)
            return ""


def _date_reader(today: date, blank: frozenset[str]) -> Callable[[str], date | str | None]:
    def read(cell: str) -> date | str | None:
        """The day, a sentence about what is wrong, or None for what the vendor writes for "none"."""
        plain = unicodedata.normalize("NFKC", cell)
        if normal(plain) in blank:
            return None
        plain = _TIME_OF_DAY.sub("", plain)
        if not _FULL_DATE.fullmatch(plain):
            return "日付として読み取れません。R060401、令和6年4月1日、5060401、2024/04/01 のような形にしてください。"
        if _TOO_MANY_DIGITS.search(plain):
            return "日付として読み取れません。"
        try:
            return parse_date(plain, today=today)
        except ValidationError as error:
            return error.sentence

    return read


def _character(found: re.Match[str]) -> str:
    value = int(found[1], 16) if found[1] else int(found[2])
    if value > _HIGHEST or value in _SURROGATES:
        return "\0"
    return chr(value)
