"""A CSV file of staff: 利用者名, 氏名, 氏名カナ, 職務, 担当地区, and optionally 開始日. All or nothing.

職務 and 担当地区 may hold several, parted by ・ 、 ; or |. A district is its code (主担当), or 副:code, 査察:code.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.accounts import (
    LOGIN,
    LOGIN_SENTENCE,
    NAME_LENGTH,
    DistrictSpan,
    NewPerson,
    RoleSpan,
    role_of,
)
from desktop.domain.csv_cells import plain_cell
from desktop.domain.errors import UserError
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import ROLE_LABELS

#: Field of the domain → header of the file.
HEADERS: Mapping[str, str] = {
    "login": "利用者名",
    "name": "氏名",
    "kana": "氏名カナ",
    "roles": "職務",
    "districts": "担当地区",
    "active_from": "開始日",
}
_OPTIONAL = {"active_from"}
#: What the database names → column of the file.
_COLUMN_OF = {
    "role": "roles",
    "district": "districts",
    "kind": "districts",
    "valid_from": "active_from",
}
_PARTS = re.compile(r"[・、;|；]")
_KINDS = {
    "主": AssignmentKind.MAIN,
    "副": AssignmentKind.DEPUTY,
    "査察": AssignmentKind.SUPERVISOR,
}
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPerson:
    """A person and the line of the file."""

    line: int
    person: NewPerson

    def sentence(self, field: str, problem: str) -> str:
        """What is wrong, with line and column."""
        return _place(self.line, HEADERS.get(_COLUMN_OF.get(field, field), ""), problem)


class _CellError(Exception):
    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field
        self.problem = problem


def read_people(content: bytes, today: date) -> tuple[PlacedPerson, ...]:
    """Read the whole file. Raises UserError that names line and column of everything wrong in it."""
    reader = csv.DictReader(io.StringIO(_decoded(content), newline=""), strict=True)
    try:
        _check_header(reader.fieldnames or ())
        people, problems = _rows(reader, today)
    except csv.Error:
        raise UserError(f"{reader.line_num}行目：CSVとして読めません。") from None
    if problems:
        left = len(problems) - _MOST_SHOWN
        rest = [f"ほか{left}件"] if left > 0 else []
        raise UserError("\n".join([*problems[:_MOST_SHOWN], *rest]))
    if not people:
        raise UserError("職員が一人も書かれていません。")
    return tuple(people)


def _rows(reader: csv.DictReader[str], today: date) -> tuple[list[PlacedPerson], list[str]]:
    people: list[PlacedPerson] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for row in reader:
        line = reader.line_num
        try:
            if None in row or None in row.values():
                raise _CellError("", "列の数が見出しと合いません。")  # noqa: TRY301 - one way for all
            person = _person(
                {name: plain_cell(row.get(head) or "").strip() for name, head in HEADERS.items()},
                today,
            )
            if person.login in seen:
                raise _CellError("login", f"{seen[person.login]}行目と同じです。")  # noqa: TRY301
        except _CellError as error:
            problems.append(_place(line, HEADERS.get(error.field, ""), error.problem))
            continue
        seen[person.login] = line
        people.append(PlacedPerson(line=line, person=person))
    return people, problems


def _person(cells: Mapping[str, str], today: date) -> NewPerson:
    if not LOGIN.fullmatch(cells["login"]):
        raise _CellError("login", LOGIN_SENTENCE)
    for name in ("name", "kana"):
        if not cells[name] or len(cells[name]) > NAME_LENGTH or not cells[name].isprintable():
            raise _CellError(name, f"{NAME_LENGTH}字までで入力してください。")
    since = _day(cells["active_from"], today)
    return NewPerson(
        login=cells["login"],
        name=cells["name"],
        kana=cells["kana"],
        active_from=since,
        roles=_roles(cells["roles"], since),
        districts=tuple(_district(part, since) for part in _parts(cells["districts"])),
    )


def _roles(cell: str, since: date) -> tuple[RoleSpan, ...]:
    for role, label in ROLE_LABELS.items():
        if _PARTS.search(label):  # 医療担当・保健師 has the separator in its own name
            cell = cell.replace(label, role.value)
    found = [role_of(part) for part in _parts(cell)]
    if not found or None in found:
        raise _CellError("roles", "職務の名前または符号で入力してください（例：地区担当員）。")
    return tuple(RoleSpan(role=role, valid_from=since) for role in dict.fromkeys(found) if role)


def _district(text: str, since: date) -> DistrictSpan:
    head, mark, code = text.replace("：", ":").partition(":")
    kind = _KINDS.get(head.strip()) if mark else AssignmentKind.MAIN
    if kind is None:
        raise _CellError(
            "districts", "地区コード、または「副:コード」「査察:コード」で入力してください。"
        )
    return DistrictSpan(district=(code if mark else head).strip(), kind=kind, valid_from=since)


def _day(cell: str, today: date) -> date:
    try:
        return date.fromisoformat(cell) if cell else today
    except ValueError:
        raise _CellError("active_from", "日付は 2024-10-01 のように入力してください。") from None


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in _PARTS.split(cell) if part.strip()]


def _check_header(found: object) -> None:
    names = set(found) if isinstance(found, list | tuple) else set()
    missing = [
        head for name, head in HEADERS.items() if head not in names and name not in _OPTIONAL
    ]
    if missing:
        raise UserError(f"1行目：見出しがありません（{'・'.join(missing)}）。")


def _place(line: int, column: str, problem: str) -> str:
    return f"{line}行目{f'「{column}」' if column else ''}：{problem}"


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("文字コードが読めません。UTF-8 または Shift_JIS（CP932）で保存してください。")
