"""The public 位置参照情報 (大字・町丁目レベル) as a CSV: read whole, every line judged, nothing stored.

The layout is that of the Ministry's download (ten columns with these headings, Shift_JIS, decimal degrees with six places;
大字・字・丁目区分コード 1 大字, 2 字, 3 丁目, 0 不明). Columns are found by their headings, so others in between do no harm.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.errors import UserError
from desktop.domain.places import MILLIONTHS, FilePreview, TownKind, TownPoint

PREFECTURE, CITY_CODE, CITY = "都道府県名", "市区町村コード", "市区町村名"
TOWN_CODE, TOWN, KIND = "大字町丁目コード", "大字町丁目名", "大字・字・丁目区分コード"
LATITUDE, LONGITUDE = "緯度", "経度"
COLUMNS = (PREFECTURE, CITY_CODE, CITY, TOWN_CODE, TOWN, LATITUDE, LONGITUDE, KIND)
#: The whole country has some 190,000 rows in less than 30 MB.
MOST_BYTES = 64_000_000
_SHOWN_ERRORS = 50
_ENCODINGS = (("utf-8-sig", "UTF-8"), ("cp932", "Shift_JIS"))
_DEGREES = re.compile(r"\d{1,3}(?:\.\d{1,9})?")
#: Japan from Okinotorishima to Etorofu: what lies outside is a wrong column.
_LATITUDES, _LONGITUDES = (20, 46), (122, 154)
_MOST_TEXT = 60


def read_file(path: Path) -> FilePreview:
    """Read and judge a file. Raises UserError where it is no such CSV at all; single bad lines are listed."""
    content = _bytes_of(path)
    encoding, text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    points = _Points()
    try:
        places = _places_of(next(reader, []))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                points.take(reader.line_num, cells, places)
    except csv.Error:
        raise UserError(
            f'{reader.line_num}行目から読み取れません。引用符（"）が閉じていないか、余分にあります。'
        ) from None
    if not points.found and not points.error_count:
        raise UserError("見出しのほかに行がありません。ファイルを確かめてください。")
    return FilePreview(
        file_name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        encoding=encoding,
        points=tuple(points.found.values()),
        errors=tuple(points.errors),
        error_count=points.error_count,
        cities=tuple(points.cities()),
    )


@dataclass(slots=True)
class _Points:
    """The good rows by town code, and what is wrong with the others."""

    found: dict[str, TownPoint] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    error_count: int = 0

    def take(self, line: int, cells: list[str], places: Mapping[str, int]) -> None:
        row = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
        if (wrong := _wrong(row)) or row[TOWN_CODE] in self.found:
            self._note(f"{line}行目：{wrong or f'{TOWN_CODE}「{row[TOWN_CODE]}」が2回あります。'}")
            return
        self.found[row[TOWN_CODE]] = TownPoint(
            prefecture=row[PREFECTURE],
            city_code=row[CITY_CODE],
            city=row[CITY],
            town_code=row[TOWN_CODE],
            town=row[TOWN],
            kind=TownKind(row[KIND]),
            latitude=_millionths(row[LATITUDE]),
            longitude=_millionths(row[LONGITUDE]),
        )

    def _note(self, sentence: str) -> None:
        self.error_count += 1
        if len(self.errors) < _SHOWN_ERRORS:
            self.errors.append(sentence)

    def cities(self) -> Iterator[tuple[str, int]]:
        counts = Counter((p.city_code, f"{p.prefecture}{p.city}") for p in self.found.values())
        for (_, name), count in sorted(counts.items()):
            yield name, count


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UserError("ファイルが見つかりません。場所と名前を確かめてください。")
        if path.stat().st_size > MOST_BYTES:
            raise UserError("ファイルが大きすぎます。位置参照情報のCSVを指定してください。")
        content = path.read_bytes()
    except (OSError, ValueError):
        raise UserError(
            "ファイルを開けません。ほかのプログラムで開いていないか、読む権限があるかを確かめてください。"
        ) from None
    if content.startswith(b"PK\x03\x04"):
        raise UserError("これは圧縮ファイル（ZIP）です。中のCSVを取り出して指定してください。")
    if not content:
        raise UserError("ファイルが空です。位置参照情報のCSVを指定してください。")
    return content


def _decoded(content: bytes) -> tuple[str, str]:
    for name, label in _ENCODINGS:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return label, text
    raise UserError("Shift_JISでもUTF-8でもないファイルです。位置参照情報のCSVを指定してください。")


def _places_of(header: list[str]) -> dict[str, int]:
    names = [name.strip() for name in header]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        listed = "、".join(f"「{name}」" for name in missing)
        raise UserError(
            f"必要な列がありません：{listed}。「大字・町丁目レベル」の位置参照情報のCSVを指定してください。"
        )
    return {name: names.index(name) for name in COLUMNS}


def _wrong(row: Mapping[str, str]) -> str:
    """What is wrong with a row, "" if nothing."""
    for name in (PREFECTURE, CITY_CODE, CITY, TOWN_CODE, TOWN):
        if not row[name]:
            return f"「{name}」が空です。"
        if len(row[name]) > _MOST_TEXT:
            return f"「{name}」が長すぎます。"
    if row[KIND] not in set(TownKind):
        return f"「{KIND}」は0・1・2・3のどれかです（「{row[KIND]}」）。"
    for name, (least, most) in ((LATITUDE, _LATITUDES), (LONGITUDE, _LONGITUDES)):
        if not _DEGREES.fullmatch(row[name]):
            return f"「{name}」が数ではありません（「{row[name][:20]}」）。"
        if not least <= float(row[name]) <= most:
            return f"「{name}」が日本の範囲ではありません（{row[name]}）。"
    return ""


def _millionths(degrees: str) -> int:
    return round(float(degrees) * MILLIONTHS)
