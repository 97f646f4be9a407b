"""The values that come with the program (`resources/rules/<table>.toml`), with their source and 未確認."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import jpholiday

from desktop.domain.master_tables import MASTER_TABLES, Master
from desktop.domain.wording import WORD_SEPARATOR, parse_rules
from desktop.resources import resource_path

#: Holidays are computed for these years around the day of seeding; further ones are entered by the office.
_YEARS_BACK = 1
_YEARS_AHEAD = 3
_WORDINGS = {
    Master.WORDING: "記録の書き方（3.3、3.7）による提案",
    Master.POLICY_WORDING: "援助方針のよくある失敗（4.5）による提案",
}
_WORDING_FROM = date(2000, 4, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedRow:
    """One shipped value of a table."""

    key: str
    valid_from: date
    value: Mapping[str, object]
    source: str
    confirmed: bool


def shipped_rows(table: Master) -> tuple[ShippedRow, ...]:
    """The table's shipped rows but for the computed holidays."""
    if table in _WORDINGS:
        return tuple(_wording(table))
    content = _read(table)
    names = [f.name for f in MASTER_TABLES[table].fields]
    return tuple(
        _row(
            content,
            row,
            {name: row.get(name, _blank(name, table)) for name in names},
        )
        for row in content.get("row", ())
    )


def shipped_holidays(around: date) -> tuple[ShippedRow, ...]:
    """National holidays and the days the office closes every year, for the years around a day."""
    content = _read(Master.HOLIDAYS)
    years = range(around.year - _YEARS_BACK, around.year + _YEARS_AHEAD + 1)
    closed = {
        f"{year}-{day}": str(rule["label"])
        for rule in content["closed_every_year"]
        for year in years
        for day in rule["days"]
    }
    national = {day: name for year in years for day, name in _national_holidays(year)}
    return tuple(
        _row(content, {"key": day, "confirmed": day in national}, {"label": label})
        for day, label in sorted((closed | national).items())
    )


def _wording(table: Master) -> Iterator[ShippedRow]:
    text = resource_path("rules", f"{table}.toml").read_text(encoding="utf-8")
    for rule in parse_rules(text):
        value: dict[str, object] = {"hint": rule.hint}
        if table is Master.POLICY_WORDING:
            value |= {
                "alone": rule.alone,
                "unless": WORD_SEPARATOR.join(rule.unless),
                "not_in": WORD_SEPARATOR.join(rule.not_in),
            }
        yield ShippedRow(
            key=rule.word,
            valid_from=_WORDING_FROM,
            value=value,
            source=_WORDINGS[table],
            confirmed=False,
        )


def _row(
    content: Mapping[str, Any], row: Mapping[str, Any], value: Mapping[str, object]
) -> ShippedRow:
    return ShippedRow(
        key=str(row["key"]),
        valid_from=row.get("valid_from", content["valid_from"]),
        value=value,
        source=str(row.get("source", content["source"])),
        confirmed=bool(row.get("confirmed", content["confirmed"])),
    )


def _blank(name: str, table: Master) -> object:
    field = next(f for f in MASTER_TABLES[table].fields if f.name == name)
    return field.blank


@cache
def _read(table: Master) -> Mapping[str, Any]:
    return tomllib.loads(resource_path("rules", f"{table}.toml").read_text(encoding="utf-8"))


@cache
def _national_holidays(year: int) -> tuple[tuple[str, str], ...]:
    return tuple((day.isoformat(), name) for day, name in jpholiday.year_holidays(year))
