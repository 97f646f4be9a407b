"""Writes invented online applications (電子申請) of a training office: a CSV and a JSON list with small files.

Some cannot be taken in, so that people practise what to do then: no household, unknown form, missing and refused files.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from desktop.database.engine import make_engine, refuse_missing_file
from desktop.database.failures import told_plainly
from desktop.domain.csv_cells import safe_cell
from desktop.domain.errors import UserError
from desktop.domain.households import HouseholdState
from desktop.domain.ledger import training_line
from desktop.domain.office import DatabaseKind
from desktop.models.households import Household
from desktop.models.office import DatabaseInfo, Office

CSV_NAME, JSON_NAME = "電子申請.csv", "電子申請.json"
_SOUND = 8
_FORMS = ("収入申告（電子）", "資産申告（電子）", "給与明細書の提出", "変更届")
_NOTE = "窓口に行けないため、電子申請で提出します。"
_HEADER = ("申請番号", "ケース番号", "手続名", "申請者氏名", "送信日時", "枚数", "備考", "添付ファイル名")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeApplication:
    """One invented application."""

    number: str
    case_number: str
    form: str
    name: str
    sent_at: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationsReport:
    """How many applications were written to each list, and how many of them cannot be taken in."""

    applications: int
    unfit: int


def export_applications(url: str, folder: Path, today: date) -> ApplicationsReport:
    """Write lists and files into `folder`. Raises UserError for anything but a training office."""
    refuse_missing_file(url)
    engine = make_engine(url)
    try:
        with told_plainly():
            code, cases = _office_and_cases(engine)
        return _write(folder, code, cases, today)
    except OSError:
        raise UserError("フォルダーに書き出せません。場所を確かめてください。") from None
    finally:
        engine.dispose()


def _office_and_cases(engine: Engine) -> tuple[str, list[tuple[str, str]]]:
    with Session(engine) as session:
        if session.scalar(select(DatabaseInfo.kind)) is not DatabaseKind.TRAINING:
            raise UserError("電子申請を書き出せるのは研修用の福祉事務所だけです。")
        office = session.scalars(select(Office).order_by(Office.code).limit(1)).one()
        found = session.execute(
            select(Household.case_number, Household.head_name)
            .where(
                Household.office_id == office.id,
                Household.state == HouseholdState.RECEIVING,
                ~Household.is_shielded,
            )
            .order_by(Household.case_number)
            .limit(_SOUND)
        )
        cases = [(number, name) for number, name in found]
        if not cases:
            raise UserError(
                "保護を受けている世帯がありません。研修用の事務所を作り直してください。"
            )
        return office.code, cases


def _write(
    folder: Path, code: str, cases: Sequence[tuple[str, str]], today: date
) -> ApplicationsReport:
    folder.mkdir(parents=True, exist_ok=True)
    sound = [*_sound(cases, today)]
    unfit = [*_unfit(cases[0], today)]
    for application in sound:
        for name in application.files:
            (folder / name).write_bytes(a_small_pdf(f"TRAINING {application.number}"))
    (folder / "練習_圧縮.pdf").write_bytes(b"PK\x03\x04 training")
    _write_csv(folder / CSV_NAME, code, [*sound, *unfit])
    _write_json(folder / JSON_NAME, code, [*sound, *unfit])
    return ApplicationsReport(applications=len(sound) + len(unfit), unfit=len(unfit))


def _sound(cases: Sequence[tuple[str, str]], today: date) -> Iterator[MadeApplication]:
    for place, (case_number, name) in enumerate(cases):
        number = f"R-{place + 1:04d}"
        files = tuple(f"{number}_{part + 1}.pdf" for part in range(place % 3))
        yield MadeApplication(
            number=number,
            case_number=case_number,
            form=_FORMS[place % len(_FORMS)],
            name=name,
            sent_at=f"{today - timedelta(days=place % 5 + 1)}T{9 + place % 8:02d}:15:00+09:00",
            files=files,
        )


def _unfit(case: tuple[str, str], today: date) -> Iterator[MadeApplication]:
    """One of each kind that stays in the list."""
    case_number, name = case
    sent_at = f"{today}T08:30:00+09:00"
    for number, case_of, form, files in (
        ("R-9001", "該当なし-0000", _FORMS[0], ()),
        ("R-9002", case_number, "見本にない様式", ()),
        ("R-9003", case_number, _FORMS[1], ("見つからない.pdf",)),
        ("R-9004", case_number, _FORMS[2], ("練習_圧縮.pdf",)),
        ("R-9005", case_number, _FORMS[3], ("../外のファイル.pdf",)),
    ):
        yield MadeApplication(
            number=number, case_number=case_of, form=form, name=name, sent_at=sent_at, files=files
        )


def _write_csv(path: Path, code: str, applications: Sequence[MadeApplication]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(f"{training_line(code)}\r\n")
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for a in applications:
            cells = (a.number, a.case_number, a.form, a.name, a.sent_at, "1", _NOTE)
            writer.writerow([*map(safe_cell, cells), safe_cell(";".join(a.files))])


def _write_json(path: Path, code: str, applications: Sequence[MadeApplication]) -> None:
    items = [
        {
            "receipt": {"number": a.number, "sent_at": a.sent_at},
            "case": {"number": a.case_number},
            "person": {"name": a.name},
            "form": {"title": a.form},
            "sheets": 1,
            "message": _NOTE,
            "files": [{"name": name} for name in a.files],
        }
        for a in applications
    ]
    whole = {"研修用": training_line(code), "data": {"applications": items}}
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")


def a_small_pdf(words: str) -> bytes:
    """A PDF of one page with a line of plain letters."""
    text = f"BT /F1 14 Tf 40 240 Td ({words}) Tj ET".encode("ascii")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(made)
