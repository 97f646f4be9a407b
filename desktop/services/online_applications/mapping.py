"""The mapping of an export of online applications (電子申請の対応表, TOML)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.domain.online_applications import (
    MOST_NUMBER,
    ApplicationColumn,
    ApplicationMapping,
    ListFormat,
)
from desktop.resources import resource_path
from desktop.services.ledger_import.mapping import normal
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
_SEPARATORS = frozenset({";", "|", ",", "\n"})
_FORMATS = frozenset(kind.value for kind in ListFormat)
_SECTIONS = frozenset(
    {"name", "source", "format", "encoding", "delimiter", "separator", "items", "columns", "kinds"}
)


def load_application_mapping(path: Path) -> ApplicationMapping:
    """Read a mapping. Raises UserError naming what in it cannot be understood."""
    table = load_table(path)
    for name in table.keys() - _SECTIONS:
        raise wrong(f"「{name}」という項目はありません")
    source = text_of(table, "source", "").strip()
    if not source or len(source) > MOST_NUMBER:
        raise wrong("「source」（申請を受け付けたシステムの短い名前）がありません")
    kind = ListFormat(one_of(table, "format", "csv", _FORMATS))
    return ApplicationMapping(
        name=text_of(table, "name", path.stem),
        source=source,
        format=kind,
        encoding=one_of(table, "encoding", "auto", _ENCODINGS),
        delimiter=one_of(table, "delimiter", ",", _DELIMITERS),
        separator=one_of(table, "separator", ";", _SEPARATORS),
        items=text_of(table, "items", ""),
        columns=_columns(section_of(table, "columns"), kind),
        kinds=_kinds(section_of(table, "kinds")),
    )


def shipped_application_mappings() -> tuple[tuple[str, Path], ...]:
    """Name and path of each mapping that comes with the program."""
    paths = sorted(resource_path("mappings", "applications").glob("*.toml"))
    return tuple((load_application_mapping(path).name, path) for path in paths)


def _columns(
    given: Mapping[str, Any], kind: ListFormat
) -> dict[ApplicationColumn, tuple[str, ...]]:
    """Our own name of a column is always accepted. Keys of JSON are kept as they are written."""
    known = {column.value for column in ApplicationColumn}
    for name in given:
        if name not in known:
            raise wrong(f"「columns」の「{name}」という列はありません")
    named = {column: (*texts_of(given, column.value), column.value) for column in ApplicationColumn}
    if kind is ListFormat.JSON:
        return named
    return {column: tuple(dict.fromkeys(map(normal, names))) for column, names in named.items()}


def _kinds(given: Mapping[str, Any]) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for kind in given:
        for form in texts_of(given, kind):
            if kinds.setdefault(normal(form), kind) != kind:
                raise wrong(f"様式「{form}」が2つの種類に当たります")
    return kinds
