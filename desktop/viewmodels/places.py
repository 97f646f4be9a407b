"""Files of points that were taken in, and households by how near their address was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.places import (
    PLACE_LEVEL_LABEL,
    FilePreview,
    PlacedHousehold,
    PlaceLevel,
    TownImport,
)
from desktop.viewmodels.columns import RIGHT, Column

_TONE = {PlaceLevel.UNKNOWN: "error", PlaceLevel.DISTRICT: "warning", PlaceLevel.TOWN: None}
_SHOWN_CITIES = 3


def import_columns() -> tuple[Column[TownImport], ...]:
    """When, from which file, how many points of which municipalities, by whom."""
    return (
        Column(header="取込日", text=_day, sort=lambda row: row.imported_at),
        Column(header="ファイル", text=lambda row: row.file_name),
        Column(
            header="地点",
            text=lambda row: f"{row.points:,}",
            sort=lambda row: row.points,
            align=RIGHT,
        ),
        Column(header="市区町村", text=_cities),
        Column(header="取り込んだ人", text=lambda row: row.imported_by),
    )


def household_columns() -> tuple[Column[PlacedHousehold], ...]:
    """Whose address, how near it was found, and under which name."""
    return (
        Column(
            header="位置",
            text=lambda row: PLACE_LEVEL_LABEL[row.place.level],
            sort=lambda row: tuple(PlaceLevel).index(row.place.level),
            tone=lambda row: _TONE.get(row.place.level),
        ),
        Column(header="ケース番号", text=lambda row: row.case_number),
        Column(header="世帯主", text=lambda row: row.head),
        Column(header="住所", text=lambda row: row.address, tooltip=lambda row: row.address),
        Column(header="見つかった地名", text=lambda row: row.place.name),
    )


def household_key(row: PlacedHousehold) -> object:
    """Which household."""
    return row.household_id


def household_line(row: PlacedHousehold) -> str:
    """The whole address of a household, and the point that stands for it."""
    found = f"{PLACE_LEVEL_LABEL[row.place.level]} {row.place.name}".rstrip()
    return f"{row.case_number}　{row.head}　{row.district}　住所：{row.address or '登録なし'}　位置：{found}"


def levels_line(rows: Sequence[PlacedHousehold]) -> str:
    """How many addresses were found how near."""
    counts = Counter(row.place.level for row in rows)
    found = [
        f"{PLACE_LEVEL_LABEL[level]} {counts[level]:,}" for level in PlaceLevel if counts[level]
    ]
    return f"世帯 {len(rows):,}　" + "・".join(found)


def preview_lines(preview: FilePreview) -> str:
    """What a file holds, before it is taken in."""
    cities = [f"{name} {count:,}" for name, count in preview.cities[:_SHOWN_CITIES]]
    if len(preview.cities) > _SHOWN_CITIES:
        cities.append(f"ほか{len(preview.cities) - _SHOWN_CITIES:,}市区町村")
    return f"{preview.file_name}（{preview.encoding}）：{len(preview.points):,}地点　{'・'.join(cities)}"


def error_lines(preview: FilePreview) -> str:
    """What stands in the way, line by line; "" where nothing does."""
    if not preview.error_count:
        return ""
    head = f"読み取れない行が{preview.error_count:,}行あります。ファイルを直すまで取り込めません。"
    return "\n".join((head, *preview.errors))


def _cities(row: TownImport) -> str:
    shown = "・".join(row.cities[:_SHOWN_CITIES])
    more = len(row.cities) - _SHOWN_CITIES
    return f"{shown} ほか{more:,}" if more > 0 else shown


def _day(row: TownImport) -> str:
    return format_date(japan_day(row.imported_at), DateStyle.SHORT)
