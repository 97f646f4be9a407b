"""The exported ledger: CP932, era dates, our marker, no formulas, and every character comes back."""

from __future__ import annotations

import csv
import html
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from desktop.database.engine import make_engine
from desktop.domain.csv_cells import safe_cell
from desktop.domain.errors import UserError
from desktop.domain.ledger import is_training_line
from desktop.domain.ledger_columns import LedgerColumn
from desktop.domain.office import DatabaseKind
from desktop.models.households import Household, Person
from desktop.models.office import DatabaseInfo
from desktop.services import training
from desktop.services.training.export import as_cp932
from tests.services.training.conftest import make


@pytest.fixture(scope="session")
def ledger(office, tmp_path_factory) -> Path:
    out: Path = tmp_path_factory.mktemp("ledger") / "ledger.csv"
    training.export_ledger(office.url, out)
    return out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="cp932", newline="") as file:
        file.readline()
        return list(csv.DictReader(file))


def test_the_first_line_is_our_marker(ledger: Path) -> None:
    first = ledger.read_text(encoding="cp932").splitlines()[0]
    assert is_training_line(first.split(","))


def test_one_row_for_each_member_with_all_columns(office, ledger: Path) -> None:
    found = rows(ledger)
    with Session(office.engine) as session:
        households = session.scalar(select(func.count()).select_from(Household))
        names = set(session.scalars(select(Person.name)))
    assert set(found[0]) == {column.value for column in LedgerColumn}
    assert len({row["ケース番号"] for row in found}) == households == 60
    assert sum(row["世帯主区分"] == "1" for row in found) == 60
    assert {html.unescape(row["氏名"]) for row in found} == names


def test_dates_are_in_eras(ledger: Path) -> None:
    for row in rows(ledger):
        assert row["生年月日"][:2] in {"昭和", "平成", "令和"}
        assert row["保護開始日"].endswith("日")


def test_a_closed_case_has_its_day(ledger: Path) -> None:
    for row in rows(ledger):
        assert bool(row["保護廃止日"]) == (row["保護状態"] == "廃止")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("髙﨑　花子", "髙﨑　花子"),
        ("𠮷田", "&#x20BB7;田"),
        ("葛\U000e0100城", "&#x845B;&#xE0100;城"),
        ("JÖRDIS", "J&#xD6;RDIS"),
        ("渡邉\U000e0102", "渡&#x9089;&#xE0102;"),
    ],
)
def test_what_cp932_cannot_hold_is_a_reference(text: str, written: str) -> None:
    assert as_cp932(text) == written
    assert html.unescape(written) == text
    written.encode("cp932")


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@x", "\tx", "\rx"])
def test_no_cell_starts_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_ordinary_cells_stay() -> None:
    assert safe_cell("1-2-3") == "1-2-3"


def test_a_real_office_is_not_exported(tmp_path: Path) -> None:
    url, out = f"sqlite:///{tmp_path / 'x.sqlite'}", tmp_path / "out.csv"
    make(url)
    engine = make_engine(url)
    with Session(engine) as session:
        session.execute(update(DatabaseInfo).values(kind=DatabaseKind.OFFICE))
        session.commit()
    engine.dispose()
    with pytest.raises(UserError, match="研修用"):
        training.export_ledger(url, out)
    assert not out.exists()


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        training.export_ledger(f"sqlite:///{tmp_path / 'none.sqlite'}", tmp_path / "out.csv")
