"""Pay slips (給与明細) as somebody reads them off: a row a month, checked by a question, and written into an entry as lines of text.

Nothing is kept of the table itself; the earned income of the month may be noted besides (`domain/income_months.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.entries import parse_yen
from desktop.domain.era import DateStyle, format_month
from desktop.domain.era_entry import parse_month
from desktop.domain.errors import ValidationError

MONTH, PAYER, GROSS, NET = "支給月", "支払者", "総支給額", "差引支給額"
#: What is taken off a wage, in the order in which slips usually name it.
DEDUCTIONS = ("健康保険", "厚生年金", "雇用保険", "所得税", "住民税", "その他控除")
#: The columns of the table.
COLUMNS = (MONTH, PAYER, GROSS, *DEDUCTIONS, NET)

HEADING = "給与明細（書類で確認）"
#: Words by which the columns of a spreadsheet are known.
_HEADERS: Mapping[str, tuple[str, ...]] = {
    MONTH: ("支給月", "月分", "年月", "支給日", "月"),
    PAYER: ("支払者", "会社", "勤務先", "事業所", "就労先"),
    GROSS: ("総支給", "支給合計", "支給額計", "総額"),
    "健康保険": ("健康保険", "健保"),
    "厚生年金": ("厚生年金", "年金"),
    "雇用保険": ("雇用保険", "雇保"),
    "所得税": ("所得税", "源泉"),
    "住民税": ("住民税", "市民税"),
    "その他控除": ("その他", "ほか"),
    NET: ("差引", "手取", "振込"),
}
_FEWEST_HEADERS = 2

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaySlip:
    """One slip: the month (its first day), who paid, and amounts in yen; `net` as the slip says it, None where it says none."""

    month: date
    payer: str = field(repr=False)
    gross: int = field(repr=False)
    deductions: tuple[tuple[str, int], ...] = field(default=(), repr=False)
    net: int | None = field(default=None, repr=False)

    @property
    def deducted(self) -> int:
        """Everything taken off."""
        return sum(amount for _, amount in self.deductions)

    @property
    def question(self) -> str:
        """What to look at again where the amounts do not add up, "" otherwise; nothing is held back for it."""
        if self.net is None or self.net == self.gross - self.deducted:
            return ""
        reckoned = self.gross - self.deducted
        return (
            f"{format_month(self.month, DateStyle.SHORT)}：総支給額から控除を引くと{reckoned:,}円、"
            f"差引支給額は{self.net:,}円です（{abs(self.net - reckoned):,}円の違い）。明細の控除をもう一度見てください。"
        )

    def line(self) -> str:
        """The slip as a line of an entry."""
        kinds = "、".join(f"{kind} {amount:,}円" for kind, amount in self.deductions if amount)
        parts = [
            format_month(self.month, DateStyle.SHORT),
            self.payer,
            f"総支給額 {self.gross:,}円",
            f"控除 {self.deducted:,}円（{kinds}）" if kinds else "控除なし",
            f"差引支給額 {self.net:,}円" if self.net is not None else "",
        ]
        return "・" + "　".join(part for part in parts if part)


def read_slip(cells: Sequence[str], today: date) -> PaySlip | None:
    """A row of the table; None for an empty one. Raises ValidationError with the column's name as field."""
    said = dict.fromkeys(COLUMNS, "")
    said |= dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=False))
    if not any(said.values()):
        return None
    errors: dict[str, str] = {}
    amounts = {name: _amount(name, said[name], errors) for name in (GROSS, *DEDUCTIONS, NET)}
    gross = amounts[GROSS]
    if gross is None and GROSS not in errors:
        errors[GROSS] = "総支給額を入力してください。"
    month = _month(said[MONTH], today, errors)
    if errors or month is None or gross is None:
        raise ValidationError(**errors)
    return PaySlip(
        month=month,
        payer=said[PAYER],
        gross=gross,
        deductions=tuple(
            (name, amount) for name in DEDUCTIONS if (amount := amounts[name]) is not None
        ),
        net=amounts[NET],
    )


def pasted_rows(text: str) -> tuple[Cells, ...]:
    """Rows copied from a spreadsheet, in the order of the columns here; a row of headings says which is which."""
    rows = [line.split("\t") for line in text.splitlines() if line.strip()]
    if not rows:
        return ()
    places = _places(rows[0])
    if len(places) < _FEWEST_HEADERS:
        return tuple(tuple((row + [""] * len(COLUMNS))[: len(COLUMNS)]) for row in rows)
    return tuple(
        tuple(
            row[places[name]] if places.get(name, len(row)) < len(row) else "" for name in COLUMNS
        )
        for row in rows[1:]
    )


def slip_text(slips: Sequence[PaySlip]) -> str:
    """The lines for the entry, the earliest month first."""
    ordered = sorted(slips, key=lambda slip: (slip.month, slip.payer))
    return "\n".join([HEADING, *(slip.line() for slip in ordered)]) if slips else ""


def _places(headings: Sequence[str]) -> dict[str, int]:
    """Column → its place among the headings; each place once, the longer words first."""
    words = sorted(
        ((word, name) for name, of_column in _HEADERS.items() for word in of_column),
        key=lambda pair: -len(pair[0]),
    )
    places: dict[str, int] = {}
    for word, name in words:
        free = (
            place
            for place, heading in enumerate(headings)
            if word in heading and place not in places.values()
        )
        if name not in places and (place := next(free, None)) is not None:
            places[name] = place
    return places


def _amount(name: str, text: str, errors: dict[str, str]) -> int | None:
    if not text:
        return None
    try:
        amount = parse_yen(text)
    except ValidationError as error:
        errors[name] = error.sentence
        return None
    if amount < 0:
        errors[name] = "0円以上で入力してください。"
    return amount


def _month(text: str, today: date, errors: dict[str, str]) -> date | None:
    if not text:
        errors[MONTH] = "支給月を入力してください。"
        return None
    try:
        return parse_month(text, today=today)
    except ValidationError as error:
        errors[MONTH] = error.sentence
        return None
