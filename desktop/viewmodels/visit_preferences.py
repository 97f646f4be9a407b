"""訪問の都合 of a household: ten half-days to set, what the visits so far say, and where it lies."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.places import PLACE_LEVEL_LABEL, Place, PlaceLevel
from desktop.domain.visit_preferences import (
    LIKING_LABEL,
    LIKING_SIGN,
    HitRate,
    Liking,
    Times,
    VisitPreference,
    VisitsOfFile,
)
from desktop.domain.working_time import HALF_LABEL, WEEKDAYS, Half
from desktop.override import override
from desktop.viewmodels.columns import BrushOf
from desktop.viewmodels.half_days import HalfDayGrid, Index

_NOWHERE = QModelIndex()
_TONE = {Liking.GOOD: "good", Liking.BAD: "warning", Liking.IMPOSSIBLE: "error"}
_ROWS = tuple(Half)
UNSAID = "指定なし"


class WishModel(HalfDayGrid):
    """Two rows, mornings and afternoons; each cell a liking and how often somebody was met."""

    def __init__(self, brush_of: BrushOf | None = None, parent: QObject | None = None) -> None:
        super().__init__(brush_of, parent)
        self._times: dict[tuple[int, Half], Liking] = {}
        self._rates: dict[tuple[int, Half], HitRate] = {}

    def show_visits(self, found: VisitsOfFile) -> None:
        """Show what holds."""
        self._times = dict(found.preference.times)
        self._rates = {(r.weekday, r.half): r for r in found.rates if r.weekday is not None}
        self.all_changed()

    @property
    def times(self) -> Times:
        """What the cells say now."""
        return dict(self._times)

    def set_at(self, index: Index, liking: Liking | None) -> None:
        """Say how a half-day suits; None takes the word away."""
        if not index.isValid():
            return
        at = index.column(), _ROWS[index.row()]
        if liking is None:
            self._times.pop(at, None)
        else:
            self._times[at] = liking
        self.all_changed()

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_ROWS)

    @override
    def head_of(self, row: int) -> str:
        return HALF_LABEL[_ROWS[row]]

    @override
    def text_at(self, row: int, column: int) -> str:
        liking = self._times.get((column, _ROWS[row]))
        word = LIKING_SIGN[liking] if liking is not None else UNSAID
        rate = self._rates.get((column, _ROWS[row]))
        return f"{word}　{rate.met}/{rate.tried}回" if rate else word

    @override
    def tone_at(self, row: int, column: int) -> str | None:
        liking = self._times.get((column, _ROWS[row]))
        return _TONE[liking] if liking is not None else "muted"

    @override
    def said_at(self, row: int, column: int) -> str:
        half = _ROWS[row]
        liking = self._times.get((column, half))
        word = LIKING_LABEL[liking] if liking is not None else UNSAID
        rate = self._rates.get((column, half))
        met = f"、{rate.tried}回の訪問のうち{rate.met}回会えました" if rate else ""
        return f"{WEEKDAYS[column]}曜{HALF_LABEL[half]} {word}{met}"


def rates_line(found: VisitsOfFile) -> str:
    """How often somebody was met in the mornings and in the afternoons."""
    since = format_date(found.rates_since, DateStyle.SHORT)
    rates = [rate for rate in found.rates if rate.weekday is None]
    if not rates:
        return f"{since}からの訪問に、開始時刻のあるものはまだありません。"
    parts = [
        f"{HALF_LABEL[rate.half]} {rate.tried}回のうち{rate.met}回（{rate.percent}％）"
        for rate in rates
    ]
    return f"会えた割合（{since}から）：{'　'.join(parts)}"


def place_line(place: Place) -> str:
    """Where the address was found, and how near; never silent about an address that was not."""
    level = PLACE_LEVEL_LABEL[place.level]
    if place.level is PlaceLevel.UNKNOWN:
        return "住所の位置：不明。移動時間は決まった分数で見込み、計画に「不明」と出ます。"
    if place.level is PlaceLevel.DISTRICT:
        return f"住所の位置：{level}（{place.name}）"
    return f"住所の位置：{level}の代表点（{place.name}）"


def two_line(found: VisitsOfFile) -> str:
    """That a safety mark asks for two people; "" where none does."""
    return (
        "安全の印「二人訪問」があります。二人での訪問として計画します。"
        if found.is_marked_for_two
        else ""
    )


def set_line(preference: VisitPreference) -> str:
    """Who said so last."""
    if preference.set_at is None:
        return "まだ設定されていません。"
    day = format_date(japan_day(preference.set_at), DateStyle.SHORT)
    return f"設定 {preference.set_by} {day}（第{preference.version}版）"
