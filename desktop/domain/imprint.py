"""What every official form says of itself (奥付): whose it is, which kind of print, its number, when and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, StrEnum

from desktop.domain.clock import JAPAN
from desktop.domain.era import DateStyle, format_date, format_month
from desktop.domain.template_slots import put_in

#: What stands before the number of an issue.
ISSUE_WORD = "発行番号 "


class FormMark(Enum):
    """Which kind of print this is: the original (正), a copy (写) or a draft not yet approved (案).

    PLAIN is a sheet that is none of these: a letter, a register, made for the person or to be filled in by hand.
    DISCLOSED is the redacted copy that goes out to whoever asked for it.
    """

    ORIGINAL = "正"
    COPY = "写"
    DRAFT = "案"
    PLAIN = "なし"
    DISCLOSED = "開示用"

    @property
    def is_shown(self) -> bool:
        """Whether the sheet carries the mark."""
        return self in {FormMark.COPY, FormMark.DRAFT, FormMark.DISCLOSED}


class PaperCalendar(StrEnum):
    """How days are written on paper: 和暦 or 西暦."""

    ERA = "era"
    WESTERN = "western"


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """The office's own ways on paper, from its settings (帳票の体裁・帳票の文言・様式番号).

    `wording` maps "L-01.asking" (a named sentence) or "K-02.世帯主" (a label as shipped) to what is printed instead;
    `form_numbers` maps a form's code to the number of the office's rules (様式第5号); `appeal` is the notice of appeal
    rights (教示) of decisions; with `sanction_elsewhere` the benefit system prints notices of sanctions (S-32);
    `signatory` signs letters (架空市福祉事務所長).
    """

    calendar: PaperCalendar = PaperCalendar.ERA
    honorific: str = "様"
    signatory: str = ""
    appeal: str = ""
    sanction_elsewhere: bool = False
    form_numbers: Mapping[str, str] = field(default_factory=dict)
    wording: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """`printed_at` is an aware instant; `issue_label` is "" until the form is issued."""

    office_name: str
    mark: FormMark
    training: bool
    printed_at: datetime
    printed_by: str = field(repr=False)
    issue_label: str = ""
    style: HouseStyle = HouseStyle()

    def day(self, day: date | None, *, is_short: bool = False) -> str:
        """A day in the office's calendar; "" for None."""
        return format_date(day, self._date_style(is_short=is_short))

    def month(self, day: date | None, *, is_short: bool = False) -> str:
        """The month of a day in the office's calendar; "" for None."""
        return format_month(day, self._date_style(is_short=is_short))

    @property
    def document_number(self) -> str:
        """The number of a letter: that of its issue, else room to write one by hand."""
        number = self.issue_label.removeprefix(ISSUE_WORD)
        return f"第{number}号" if number else "第　　　　号"

    @property
    def printed_words(self) -> str:
        """When it was printed, to the minute of the office's clock."""
        instant = self.printed_at.astimezone(JAPAN)
        return f"{self.day(instant.date())} {instant:%H:%M}"

    def say(self, code: str, name: str, **slots: str) -> str:
        """The sentence `name` of form `code`, its slots filled. Raises KeyError where no such sentence is shipped."""
        return put_in(self.style.wording[f"{code}.{name}"], slots)

    def label(self, code: str, shipped: str) -> str:
        """A label of form `code` as this office words it."""
        return self.style.wording.get(f"{code}.{shipped}", shipped)

    def _date_style(self, *, is_short: bool) -> DateStyle:
        if self.style.calendar is PaperCalendar.WESTERN:
            return DateStyle.WESTERN
        return DateStyle.SHORT if is_short else DateStyle.LONG
