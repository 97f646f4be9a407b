"""A vendor's mapping file (TOML): which header names and codes stand for what."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from desktop.domain.errors import UserError
from desktop.domain.ledger import LedgerMapping
from desktop.domain.ledger_columns import (
    CODE_LABELS,
    SHIPPED_CODES,
    LedgerColumn,
    RecordColumn,
)
from desktop.resources import resource_path

_ENCODINGS = frozenset({"auto", "utf-8", "cp932"})
_DELIMITERS = frozenset({",", "\t", ";"})
_SECTIONS = frozenset(
    {"name", "encoding", "delimiter", "columns", "record_columns", "codes", "blank_dates"}
)
_LARGEST = 1_000_000
Column = TypeVar("Column", bound=StrEnum)


def load_mapping(path: Path) -> LedgerMapping:
    """Read a mapping. Raises UserError naming what in it cannot be understood."""
    table = _table(path)
    for section in table.keys() - _SECTIONS:
        raise _wrong(f"「{section}」という項目はありません")
    return LedgerMapping(
        name=_text(table, "name", path.stem),
        encoding=_one_of(table, "encoding", "auto", _ENCODINGS),
        delimiter=_one_of(table, "delimiter", ",", _DELIMITERS),
        columns=_columns(table, "columns", LedgerColumn),
        record_columns=_columns(table, "record_columns", RecordColumn),
        codes=_codes(_section(table, "codes")),
        blank_dates=frozenset(normal(text) for text in _texts(table, "blank_dates")),
    )


def shipped_mappings() -> tuple[tuple[str, Path], ...]:
    """Name and path of each mapping that comes with the program."""
    paths = sorted(resource_path("mappings").glob("*.toml"))
    return tuple((load_mapping(path).name, path) for path in paths)


def normal(text: str) -> str:
    """A header name or code without differences of width, case and white space."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _table(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise _wrong("大きすぎます")
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise UserError("対応表のファイルを開けません。場所と名前を確かめてください。") from None
    except UnicodeDecodeError:
        raise _wrong("UTF-8で保存されていません") from None
    except tomllib.TOMLDecodeError as error:
        raise _wrong(f"TOMLとして読めません（{error}）") from None


def _columns(
    table: Mapping[str, Any], section: str, kind: type[Column]
) -> dict[Column, tuple[str, ...]]:
    """Our own name of a column is always accepted."""
    given = _section(table, section)
    for name in given:
        if name not in {column.value for column in kind}:
            raise _wrong(f"「{section}」の「{name}」という列はありません")
    names = {column: (*_texts(given, column.value), column.value) for column in kind}
    return {column: tuple(dict.fromkeys(map(normal, found))) for column, found in names.items()}


def _codes(section: Mapping[str, Any]) -> dict[LedgerColumn, dict[str, str]]:
    for name in section:
        if name not in {column.value for column in CODE_LABELS}:
            raise _wrong(f"「codes」に「{name}」の表はありません")
    return {
        column: {
            **{normal(label): code for label, code in SHIPPED_CODES[column].items()},
            **_code_table(_section(section, column.value), column, labels),
        }
        for column, labels in CODE_LABELS.items()
    }


def _code_table(
    given: Mapping[str, Any], column: LedgerColumn, labels: Mapping[str, str]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for label in given:
        if label not in labels:
            known = "・".join(labels)
            raise _wrong(f"「{column}」に「{label}」はありません（{known}）")
        found |= {normal(cell): labels[label] for cell in _texts(given, label)}
    return found


def _section(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise _wrong(f"「{name}」は表でなければなりません")
    return found


def _texts(table: Mapping[str, Any], name: str) -> list[str]:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise _wrong(f'「{name}」は文字の並び（["…", "…"]）でなければなりません')
    return found


def _text(table: Mapping[str, Any], name: str, default: str) -> str:
    found = table.get(name, default)
    if not isinstance(found, str):
        raise _wrong(f"「{name}」は文字でなければなりません")
    return found


def _one_of(table: Mapping[str, Any], name: str, default: str, allowed: frozenset[str]) -> str:
    found = _text(table, name, default)
    if found not in allowed:
        known = "・".join(sorted(text.replace("\t", "\\t") for text in allowed))
        raise _wrong(f"「{name}」は {known} のどれかです")
    return found


def _wrong(what: str) -> UserError:
    return UserError(f"対応表に誤りがあります：{what}。")
