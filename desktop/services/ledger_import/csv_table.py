"""The lines of a file as a table: marker, header, rows; each row with the line it began on."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from desktop.domain.errors import UserError
from desktop.domain.ledger import TRAINING_WORD, is_training_line
from desktop.services.ledger_import.mapping import normal

_FORBIDDEN_HEADERS = ("個人番号", "マイナンバー", "mynumber")
Column = TypeVar("Column", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Header(Generic[Column]):
    """The header line: the names as the file has them, and the place of each of our columns."""

    names: tuple[str, ...]
    places: Mapping[Column, int]

    def name_of(self, column: Column) -> str:
        """The file's own name of our column."""
        return self.names[self.places[column]]

    @property
    def unused(self) -> tuple[str, ...]:
        """Names of the columns that are not taken in."""
        used = set(self.places.values())
        return tuple(name for place, name in enumerate(self.names) if place not in used)


class CsvTable:
    """Reads a table once, from its lines."""

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self._reader = csv.reader(lines, delimiter=delimiter, strict=True)
        self._pending: tuple[int, list[str]] | None = None
        self.is_training = False
        self.line = 0

    def read_marker(self) -> None:
        """Take the 研修用 line, if the file begins with one. Raises UserError for a false one."""
        number, cells = self._next_filled()
        if cells and normal(cells[0]) == TRAINING_WORD:
            if not is_training_line([cell.strip() for cell in cells]):
                raise UserError(
                    "研修用の印が正しくありません。研修用の事務所から書き出した台帳を、手を加えずに使ってください。"
                )
            self.is_training = True
        else:
            self._pending = (number, cells)

    def read_header(
        self, accepted: Mapping[Column, tuple[str, ...]], needed: Sequence[Column]
    ) -> Header[Column]:
        """Take the header line. Raises UserError for missing, doubled and forbidden columns."""
        _, cells = self._pending or self._next_filled()
        self._pending = None
        names = tuple(cell.strip() for cell in cells)
        _refuse_individual_numbers(names)
        places = _places(names, accepted)
        missing = [column for column in needed if column not in places]
        if missing:
            listed = "、".join(f"「{column}」" for column in missing)
            raise UserError(
                f"必要な列がありません：{listed}。見出しの行、文字コード、対応表を確かめてください。"
            )
        return Header(names, places)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and cells of each row that is not empty."""
        while True:
            number, cells = self._next()
            if number == 0:
                return
            if any(cells):
                yield number, cells

    def _next_filled(self) -> tuple[int, list[str]]:
        while True:
            number, cells = self._next()
            if number == 0:
                raise UserError("ファイルに見出しの行がありません。")
            if any(cell.strip() for cell in cells):
                return number, cells

    def _next(self) -> tuple[int, list[str]]:
        """The next record and the line it began on; line 0 at the end."""
        begins = self._reader.line_num + 1
        try:
            cells = next(self._reader)
        except StopIteration:
            return 0, []
        except csv.Error:
            raise UserError(
                f'{begins}行目から読み取れません。二重引用符（"）が閉じていないか、余分にあります。'
            ) from None
        self.line = self._reader.line_num
        return begins, cells


def _refuse_individual_numbers(names: tuple[str, ...]) -> None:
    for name in names:
        if any(word in normal(name) for word in _FORBIDDEN_HEADERS):
            raise UserError(
                f"「{name}」の列があります。個人番号（マイナンバー）は取り込めません。この列を除いて書き出し直してください。"
            )


def _places(
    names: tuple[str, ...], accepted: Mapping[Column, tuple[str, ...]]
) -> dict[Column, int]:
    folded = [normal(name) for name in names]
    found: dict[Column, int] = {}
    for column, headers in accepted.items():
        places = [place for place, name in enumerate(folded) if name in headers]
        if len(places) > 1:
            doubled = "、".join(f"「{names[place]}」" for place in places)
            raise UserError(
                f"「{column}」にあたる列が{len(places)}つあります（{doubled}）。1つにしてください。"
            )
        if places:
            _refuse_shared(column, places[0], found, names)
            found[column] = places[0]
    return found


def _refuse_shared(
    column: Column, place: int, found: Mapping[Column, int], names: tuple[str, ...]
) -> None:
    for other, taken in found.items():
        if taken == place:
            raise UserError(
                f"「{names[place]}」の列が「{other}」と「{column}」の両方に当たります。対応表を直してください。"
            )
