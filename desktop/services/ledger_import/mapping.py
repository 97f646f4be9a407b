"""A vendor's mapping file (TOML): which header names and codes stand for what."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from desktop.domain.ledger import LedgerMapping
from desktop.domain.ledger_columns import (
    CODE_LABELS,
    SHIPPED_CODES,
    LedgerColumn,
    RecordColumn,
)
from desktop.resources import resource_path
from desktop.services.mapping_file import (
    load_table,
    one_of,
    section_of,
    text_of,
    texts_of,
    wrong,
)

_ENCODINGS = frozenset({"auto", "utf-8", "cp932"})
_DELIMITERS = frozenset({",", "\t", ";"})
_SECTIONS = frozenset(
    {"name", "encoding", "delimiter", "columns", "record_columns", "codes", "blank_dates"}
)
Column = TypeVar("Column", bound=StrEnum)


def load_mapping(path: Path) -> LedgerMapping:
    """Read a mapping. Raises UserError naming what in it cannot be understood."""
    table = load_table(path)
    for section in table.keys() - _SECTIONS:
        raise wrong(f"「{section}」という項目はありません")
    return LedgerMapping(
        name=text_of(table, "name", path.stem),
        encoding=one_of(table, "encoding", "auto", _ENCODINGS),
        delimiter=one_of(table, "delimiter", ",", _DELIMITERS),
        columns=_columns(table, "columns", LedgerColumn),
        record_columns=_columns(table, "record_columns", RecordColumn),
        codes=_codes(section_of(table, "codes")),
        blank_dates=frozenset(normal(text) for text in texts_of(table, "blank_dates")),
    )


def shipped_mappings() -> tuple[tuple[str, Path], ...]:
    """Name and path of each mapping that comes with the program."""
    paths = sorted(resource_path("mappings").glob("*.toml"))
    return tuple((load_mapping(path).name, path) for path in paths)


def normal(text: str) -> str:
    """A header name or code without differences of width, case and white space."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _columns(
    table: Mapping[str, Any], section: str, kind: type[Column]
) -> dict[Column, tuple[str, ...]]:
    """Our own name of a column is always accepted."""
    given = section_of(table, section)
    for name in given:
        if name not in {column.value for column in kind}:
            raise wrong(f"「{section}」の「{name}」という列はありません")
    names = {column: (*texts_of(given, column.value), column.value) for column in kind}
    return {column: tuple(dict.fromkeys(map(normal, found))) for column, found in names.items()}


def _codes(section: Mapping[str, Any]) -> dict[LedgerColumn, dict[str, str]]:
    for name in section:
        if name not in {column.value for column in CODE_LABELS}:
            raise wrong(f"「codes」に「{name}」の表はありません")
    return {
        column: {
            **{normal(label): code for label, code in SHIPPED_CODES[column].items()},
            **_code_table(section_of(section, column.value), column, labels),
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
            raise wrong(f"「{column}」に「{label}」はありません（{known}）")
        found |= {normal(cell): labels[label] for cell in texts_of(given, label)}
    return found
