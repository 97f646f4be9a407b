"""Makes data for any form from the types of its dataclass: every text in it is the one that is asked for.

A new form needs no samples of its own. A type that is not known here is an error, so that nobody's form goes untested.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from desktop.domain.imprint import HouseStyle, PaperCalendar
from desktop.domain.readings import Readings
from desktop.reports.catalogue import CATALOGUE
from desktop.reports.form import FormKind
from tests.reports.samples import WORDING

#: Where a text stands in the data: field names and numbers, "entries.0.segments.1.text".
Path = str

#: Values that are no free text or no free number: the program makes them itself, nobody types them.
MADE_BY_PROGRAM: Mapping[str, Any] = {
    "content_hash": "0123456789abcdef" * 4,
    "fiscal_year": 2024,
    "first_page": 1,
}
#: Collections that stand beside each other on the paper: no route of approval has more positions.
FEW: Mapping[str, int] = {"stamps": 6, "position_labels": 6}
_DAY = date(2024, 10, 1)
_INSTANT = datetime(2024, 10, 1, 1, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """How data is made: `text` by path, `items` in the outer collections and `inner` within them.

    `turn` moves every choice (enums, yes and no) on by one; an `empty` one leaves out whatever may be missing.
    """

    text: Callable[[Path], str]
    items: int = 2
    inner: int = 2
    turn: int = 0
    empty: bool = False

    def fill(self, kind: type[Any]) -> Any:
        """Data of a form."""
        return self._object(kind, "", 0, 0)

    def _object(self, kind: type[Any], path: Path, place: int, depth: int) -> Any:
        hints = typing.get_type_hints(kind)
        values = {
            field.name: MADE_BY_PROGRAM[field.name]
            if field.name in MADE_BY_PROGRAM
            else self._value(hints[field.name], f"{path}{field.name}", place, depth)
            for field in fields(kind)
            if field.init
        }
        return kind(**values)

    def _value(self, kind: Any, path: Path, place: int, depth: int) -> Any:
        origin, parts = typing.get_origin(kind), typing.get_args(kind)
        if origin in (typing.Union, types.UnionType):
            known = [part for part in parts if part is not types.NoneType]
            may_miss = len(known) < len(parts)
            return None if self.empty and may_miss else self._value(known[0], path, place, depth)
        if origin is not None:
            return self._collection(origin, parts, path, place, depth)
        if is_dataclass(kind) and kind is not HouseStyle:
            return self._object(typing.cast("type[Any]", kind), f"{path}.", place, depth)
        return self._single(kind, path, place)

    def _house_style(self, path: Path) -> HouseStyle:
        """The shipped sentences with everything that an office adds of its own."""
        calendars = list(PaperCalendar)
        return HouseStyle(
            calendar=calendars[self.turn % len(calendars)],
            honorific=self.text(f"{path}.honorific"),
            signatory=self.text(f"{path}.signatory"),
            appeal=self.text(f"{path}.appeal"),
            form_numbers={form.code: self.text(f"{path}.number") for form in CATALOGUE},
            wording=WORDING,
        )

    def _single(self, kind: type[Any], path: Path, place: int) -> Any:
        if issubclass(kind, Enum):
            members = list(kind)
            return members[(self.turn + place) % len(members)]
        made: dict[type[Any], Callable[[], Any]] = {
            str: lambda: self.text(path),
            HouseStyle: lambda: self._house_style(path),
            bool: lambda: (self.turn + place) % 2 == 1,
            int: lambda: place + 1,
            float: lambda: place + 0.5,
            bytes: lambda: bytes(range(32)),
            UUID: lambda: UUID(int=place + 1),
            date: lambda: _DAY + timedelta(days=place),
            datetime: lambda: _INSTANT + timedelta(hours=place),
            time: lambda: time(10, place % 60),
            Readings: lambda: Readings({"書類": "しょるい", "提出": "ていしゅつ"}),
        }
        if kind not in made:
            raise TypeError(f"{path}: no sample is known for {kind!r}")
        return made[kind]()

    def _collection(
        self, origin: Any, parts: Sequence[Any], path: Path, place: int, depth: int
    ) -> Any:
        wanted = self.inner if depth else self.items
        count = 0 if self.empty else min(wanted, FEW.get(path.rpartition(".")[2], wanted))
        if origin is tuple and parts[-1] is not Ellipsis:
            return tuple(
                self._value(part, f"{path}.{number}", place, depth)
                for number, part in enumerate(parts)
            )
        if issubclass(origin, Mapping):
            return {
                self._value(parts[0], f"{path}.{number}.key", number, depth + 1): self._value(
                    parts[1], f"{path}.{number}.value", number, depth + 1
                )
                for number in range(count)
            }
        if issubclass(origin, Iterable):
            items = (
                self._value(parts[0], f"{path}.{number}", number, depth + 1)
                for number in range(count)
            )
            return frozenset(items) if issubclass(origin, frozenset) else tuple(items)
        raise TypeError(f"{path}: no sample is known for {origin!r}")


def data_type(form: FormKind[Any]) -> type[Any]:
    """The dataclass a form is made of: the first parameter of what lays it out."""
    hints = typing.get_type_hints(form.lay_out)
    kind = next(hint for name, hint in hints.items() if name != "return")
    assert is_dataclass(kind), f"{form.code} takes {kind!r}, which is no dataclass"
    return typing.cast("type[Any]", kind)
