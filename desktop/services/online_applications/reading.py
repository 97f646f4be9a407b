"""The records of a list understood as applications: what cannot be read of one is a fault of that one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from desktop.domain import online_applications as rules
from desktop.domain.attachments import MOST_FILES
from desktop.domain.clock import japan_day
from desktop.domain.era import parse_date
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.kana import fold_digits
from desktop.domain.online_applications import (
    MOST_NUMBER,
    Application,
    ApplicationColumn,
    ApplicationList,
    ApplicationMapping,
)
from desktop.domain.papers import BAD_SHEETS, MOST_SHEETS
from desktop.services.ledger_import.number_watch import NumberWatch
from desktop.services.online_applications.lists import read_list

_C = ApplicationColumn
_TIME = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}.*$", re.DOTALL)
#: An era or a year of four digits must be there.
_FULL_DATE = re.compile(
    r"(?:明治|大正|昭和|平成|令和|[MTSHR])\s*[元0-9].{0,20}|[0-9]{4}[年/.-].{0,20}|[0-9]{8}"
)
#: Signs that control, halves of characters, and those that turn the writing around.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SHEETS = re.compile(r"[0-9]{1,4}枚?")
_BAD_TEXT = "文字ではないデータ（制御文字）が入っています。"
_BAD_DATE = (
    "送信日を日付として読み取れません。2024-10-01、令和6年10月1日 のような形にしてください。"
)
_LONG_NUMBER = f"受付番号が長すぎます（{MOST_NUMBER}字まで）。"
_LONG_WORDS = "提出者か備考の文字が多すぎます。"
_MANY_FILES = f"ファイルが多すぎます（{MOST_FILES}件まで）。"
_SAME_NAME = "同じ名前のファイルが2回書かれています。"
#: Columns in which numbers of twelve digits may stand by chance; the system's own number is not watched.
_WATCHED = (_C.CASE_NUMBER, _C.PERSON_NUMBER, _C.FORM, _C.FROM_WHOM, _C.NOTE, _C.FILES)
_NUMBERED = (0, 1)

Values = Mapping[ApplicationColumn, Sequence[str]]


def read_applications(
    path: Path, mapping: ApplicationMapping, today: date, ask: Callable[[], None]
) -> ApplicationList:
    """Read the applications of a list. Raises UserError for what is no such list, or holds individual numbers."""
    raw = read_list(path, mapping, ask)
    if not raw.records:
        raise UserError("申請が1件もありません。書き出した期間と対応表を確かめてください。")
    watch = NumberWatch([column.value for column in _WATCHED], _NUMBERED)
    seen: set[str] = set()
    found: list[Application] = []
    for place, values in raw.records:
        watch.see([" ".join(values.get(column, ())) for column in _WATCHED])
        application = _Reader(values, mapping.name, today).read(place, seen)
        seen.add(application.number)
        found.append(application)
    watch.refuse()
    return ApplicationList(
        sha256=raw.sha256, is_training=raw.is_training, applications=tuple(found)
    )


class _Reader:
    """Reads one record."""

    def __init__(self, values: Values, source_label: str, today: date) -> None:
        self._values = values
        self._label = source_label
        self._today = today
        self._faults: list[str] = []

    def read(self, place: int, seen: set[str]) -> Application:
        number = self._number(seen)
        application = Application(
            place=place,
            number=number,
            case_number=fold_digits(self._line(_C.CASE_NUMBER)),
            person_number=fold_digits(self._line(_C.PERSON_NUMBER)),
            form=self._line(_C.FORM),
            from_whom=self._line(_C.FROM_WHOM),
            sent_on=self._sent_on(),
            sheets=self._sheets(),
            note=self._text(_C.NOTE),
            files=self._files(),
        )
        if rules.too_long(application, self._label):
            self._faults.append(_LONG_WORDS)
        return replace(application, faults=tuple(dict.fromkeys(self._faults)))

    def _number(self, seen: set[str]) -> str:
        number = self._line(_C.NUMBER)
        if not number:
            self._faults.append(rules.NO_NUMBER)
        elif len(number) > MOST_NUMBER:
            self._faults.append(_LONG_NUMBER)
        elif number in seen:
            self._faults.append(rules.DOUBLED)
        return number[:MOST_NUMBER]

    def _sent_on(self) -> date | None:
        cell = unicodedata.normalize("NFKC", self._line(_C.SENT_ON))
        if not cell:
            return None
        try:
            instant = datetime.fromisoformat(cell)
        except ValueError:
            return self._typed_day(cell)
        return japan_day(instant) if instant.tzinfo else instant.date()

    def _typed_day(self, cell: str) -> date | None:
        plain = _TIME.sub("", cell)
        try:
            if _FULL_DATE.fullmatch(plain):
                return parse_date(plain, today=self._today)
        except ValidationError:
            pass
        self._faults.append(_BAD_DATE)
        return None

    def _sheets(self) -> int:
        cell = unicodedata.normalize("NFKC", self._line(_C.SHEETS))
        if not cell:
            return 1
        sheets = int(cell.removesuffix("枚")) if _SHEETS.fullmatch(cell) else 0
        if not 1 <= sheets <= MOST_SHEETS:
            self._faults.append(BAD_SHEETS)
            return 1
        return sheets

    def _files(self) -> tuple[str, ...]:
        names = tuple(name for raw in self._values.get(_C.FILES, ()) if (name := raw.strip()))
        if len(names) > MOST_FILES:
            self._faults.append(_MANY_FILES)
        if len({name.casefold() for name in names}) < len(names):
            self._faults.append(_SAME_NAME)
        for name in names[:MOST_FILES]:
            if not rules.is_plain_name(name):
                shown = "".join(c for c in name if c.isprintable())[:40]
                self._faults.append(f"「{shown}」{rules.OUTSIDE}")
        return names[:MOST_FILES]

    def _line(self, column: ApplicationColumn) -> str:
        """One line of text."""
        return " ".join(self._text(column).split())

    def _text(self, column: ApplicationColumn) -> str:
        text = "、".join(filter(None, (value.strip() for value in self._values.get(column, ()))))
        clean = _CONTROL.sub("", text)
        if len(clean) < len(text):
            self._faults.append(f"「{column.value}」に{_BAD_TEXT}")
        return clean.replace("\r\n", "\n").replace("\r", "\n")
