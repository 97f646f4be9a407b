"""The list of an export as records of raw cells: CSV rows, or the items of a JSON list."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.domain.csv_cells import plain_cell
from desktop.domain.errors import UserError
from desktop.domain.ledger import is_training_line
from desktop.domain.online_applications import (
    MOST_APPLICATIONS,
    MOST_LIST_BYTES,
    ApplicationColumn,
    ApplicationMapping,
    ListFormat,
)
from desktop.services.ledger_import.csv_table import CsvTable
from desktop.services.ledger_import.text_file import examine

#: The key of JSON beside the list that holds the 研修用 marker, as one line.
TRAINING_KEY = "研修用"
_TOO_MANY = (
    f"申請が多すぎます。1回に{MOST_APPLICATIONS:,}件までです。期間を分けて書き出してください。"
)
_TOO_LARGE = "一覧のファイルが大きすぎます（20MBまで）。期間を分けて書き出してください。"
_UNREADABLE = (
    "ファイルを開けません。場所と名前、ほかのプログラムで開いていないかを確かめてください。"
)
_NO_JSON = (
    "JSONとして読めません。対応表の形式（format）と文字コードを確かめて、書き出し直してください。"
)
_NOT_A_LIST = "対応表の「items」が指す場所に、申請の並びがありません。"
_NOT_AN_ITEM = "番目の申請が、項目の組（{…}）ではありません。"
_BAD_MARK = "研修用の印が正しくありません。研修用の事務所から書き出した電子申請を、手を加えずに使ってください。"
_NEEDED = (ApplicationColumn.NUMBER, ApplicationColumn.FORM)
_MOST_VALUES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RawList:
    """What a list says, before it is understood: each record's place and the values of our columns."""

    sha256: str
    is_training: bool
    records: tuple[tuple[int, Mapping[ApplicationColumn, Sequence[str]]], ...]


def read_list(path: Path, mapping: ApplicationMapping, ask: Callable[[], None]) -> RawList:
    """Read a list; `ask` may raise to stop. Raises UserError for what is no such list."""
    _check_size(path)
    read = _read_json if mapping.format is ListFormat.JSON else _read_csv
    return read(path, mapping, ask)


def _check_size(path: Path) -> None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        raise UserError(_UNREADABLE) from None
    if stat.S_ISREG(found.st_mode) and found.st_size > MOST_LIST_BYTES:
        raise UserError(_TOO_LARGE)


def _read_csv(path: Path, mapping: ApplicationMapping, ask: Callable[[], None]) -> RawList:
    file = examine(path, mapping.encoding, ask)
    table = CsvTable(file.read(), mapping.delimiter)
    table.read_marker()
    header = table.read_header(mapping.columns, _NEEDED)
    records: list[tuple[int, dict[ApplicationColumn, Sequence[str]]]] = []
    for line, cells in table.rows():
        ask()
        if len(records) == MOST_APPLICATIONS:
            raise UserError(_TOO_MANY)
        if len(cells) != len(header.names):
            raise UserError(
                f"{line}行目の列の数（{len(cells):,}）が見出し（{len(header.names):,}）と違います。書き出し直してください。"
            )
        values = {
            column: _cell_values(cells[place], column, mapping.separator)
            for column, place in header.places.items()
        }
        records.append((line, values))
    return RawList(sha256=file.sha256, is_training=table.is_training, records=tuple(records))


def _cell_values(cell: str, column: ApplicationColumn, separator: str) -> Sequence[str]:
    plain = plain_cell(cell.strip())
    return plain.split(separator) if column is ApplicationColumn.FILES else (plain,)


def _read_json(path: Path, mapping: ApplicationMapping, ask: Callable[[], None]) -> RawList:
    data = _bytes_of(path)
    whole = _parsed(_decoded(data, mapping.encoding))
    items = _at(whole, mapping.items)
    if not isinstance(items, list):
        raise UserError(_NOT_A_LIST)
    if len(items) > MOST_APPLICATIONS:
        raise UserError(_TOO_MANY)
    records: list[tuple[int, dict[ApplicationColumn, Sequence[str]]]] = []
    for place, item in enumerate(items, start=1):
        ask()
        if not isinstance(item, dict):
            raise UserError(f"{place}{_NOT_AN_ITEM}")
        values = {column: _first_of(item, names) for column, names in mapping.columns.items()}
        records.append((place, values))
    digest = hashlib.sha256(data).hexdigest()
    return RawList(sha256=digest, is_training=_is_training(whole), records=tuple(records))


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UserError(_UNREADABLE)
        with path.open("rb") as file:
            data = file.read(MOST_LIST_BYTES + 1)
    except (OSError, ValueError):
        raise UserError(_UNREADABLE) from None
    if len(data) > MOST_LIST_BYTES:
        raise UserError(_TOO_LARGE)
    return data


def _decoded(data: bytes, encoding: str) -> str:
    for name in ("utf-8-sig", "cp932") if encoding == "auto" else (encoding,):
        try:
            return data.decode("utf-8-sig" if name == "utf-8" else name)
        except UnicodeDecodeError:
            continue
    raise UserError(_NO_JSON)


def _parsed(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # numbers of too many digits are ValueErrors too
        raise UserError(_NO_JSON) from None


def _at(whole: Any, path: str) -> Any:  # noqa: ANN401
    found = whole
    for key in filter(None, path.split(".")):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _first_of(item: Mapping[str, Any], names: Sequence[str]) -> Sequence[str]:
    """The values at the first of the paths that leads to any."""
    return next((found for name in names if (found := list(_values(item, name.split("."))))), ())


def _values(found: Any, keys: Sequence[str]) -> Iterator[str]:  # noqa: ANN401
    """Scalars at a path of keys; a list on the way is gone through."""
    if isinstance(found, list):
        for each in found[:_MOST_VALUES]:
            yield from _values(each, keys) if not isinstance(each, list) else ()
    elif keys:
        if isinstance(found, dict) and keys[0] in found:
            yield from _values(found[keys[0]], keys[1:])
    elif isinstance(found, str | int | float) and not isinstance(found, bool):
        yield str(found)


def _is_training(whole: Any) -> bool:  # noqa: ANN401
    mark = whole.get(TRAINING_KEY) if isinstance(whole, dict) else None
    if mark is None:
        return False
    if not isinstance(mark, str) or not is_training_line(mark.split(",")):
        raise UserError(_BAD_MARK)
    return True
