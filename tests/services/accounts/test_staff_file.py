"""The file of staff: all or nothing, and every error with its line and column."""

from __future__ import annotations

import pytest

from desktop.domain.errors import UserError
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import Role
from desktop.services.accounts.staff_file import read_people
from tests.services.accounts.conftest import new_login
from tests.support.factories import TODAY

HEAD = "利用者名,氏名,氏名カナ,職務,担当地区\r\n"


def read(*lines: str, encoding: str = "utf-8"):
    return read_people((HEAD + "\r\n".join(lines)).encode(encoding), TODAY)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_people_are_read_in_both_encodings(encoding):
    (placed,) = read(
        "yamada,山田 見本,ヤマダ ミホン,地区担当員・医療担当・保健師,01・副:02・査察：03",
        encoding=encoding,
    )
    assert [span.role for span in placed.person.roles] == [Role.CASEWORKER, Role.HEALTH_STAFF]
    assert [(d.district, d.kind) for d in placed.person.districts] == [
        ("01", AssignmentKind.MAIN),
        ("02", AssignmentKind.DEPUTY),
        ("03", AssignmentKind.SUPERVISOR),
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("yamada,山田,ヤマダ,部長,",), "2行目「職務」"),
        (("Yamada,山田,ヤマダ,課長,",), "2行目「利用者名」"),
        (
            ("yamada,山田,ヤマダ,課長,", "yamada,山田,ヤマダ,課長,"),
            "3行目「利用者名」：2行目と同じ",
        ),
        (("yamada,山田,,課長,",), "2行目「氏名カナ」"),
        (("yamada,山田,ヤマダ,課長,正:01",), "2行目「担当地区」"),
        (("yamada,山田,ヤマダ,課長",), "2行目：列の数"),
        (('yamada,"山田,ヤマダ',), "CSV"),
        ((), "一人も"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(lines, said):
    with pytest.raises(UserError, match=said):
        read(*lines)


def test_a_missing_column_and_an_unknown_encoding_are_said():
    with pytest.raises(UserError, match="氏名カナ"):
        read_people("利用者名,氏名,職務,担当地区\n".encode(), TODAY)
    with pytest.raises(UserError, match="文字コード"):
        read_people(b"\xff\xfe\x00\x81", TODAY)


def test_all_or_nothing_when_the_database_refuses_one(office):
    first, second = new_login(), new_login()
    rows = f"{first},新任 一,シンニン イチ,地区担当員,{office.vacant}\r\n{second},新任 二,シンニン ニ,地区担当員,ない地区\r\n"
    service = office.accounts(office.administrator)
    with pytest.raises(UserError, match="3行目「担当地区」：この地区はありません"):
        service.import_people((HEAD + rows).encode())
    assert service.waiting() == ()
    assert service.import_people((HEAD + rows.replace("ない地区", "")).encode()) == 2
    assert {change.concerns for change in service.waiting()} == {first, second}
