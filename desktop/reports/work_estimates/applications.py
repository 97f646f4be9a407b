"""Applications that a person signs: 就労活動促進費 (S-25), 就労自立給付金 (S-26), 進学・就職準備給付金 (S-27).

What the program knows is filled in and is read again before it is signed; the rest is room for handwriting. No
estimate stands on them: whether somebody may apply does not hang on one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.work_estimates import yen
from desktop.domain.work_estimates_forms import (
    Application,
    IndependenceApplication,
    JobSearchApplication,
    StudyOrWorkApplication,
)
from desktop.reports.blocks import (
    Cell,
    Column,
    Grid,
    LongText,
    Note,
    Said,
    Signature,
    Space,
    Table,
    Title,
    checks,
)
from desktop.reports.form import FormKind
from desktop.reports.page import Align
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

_ROW, _WRITTEN, _LABEL = 9.0, 10.0, 38.0


def _job_search(form: JobSearchApplication) -> Iterator[Block]:
    yield from _head(form, JOB_SEARCH_APPLICATION.code)
    yield LongText("希望する仕事・目標", lines=2, label_width=_LABEL)
    yield Space(3)
    yield Table(
        [
            Column("対象の月", 2),
            Column("窓口での面接（日）", 3),
            Column("応募・採用面接（日・会社）", 5),
            Column("事務所の確認", 2),
        ],
        [(form.imprint.month(month), "", "", "") for month in form.months],
        row=14.0,
    )
    yield from _foot(form, JOB_SEARCH_APPLICATION.code, ["自立活動確認書の写し", "求職活動の報告"])


def _independence(form: IndependenceApplication) -> Iterator[Block]:
    yield from _head(form, INDEPENDENCE_APPLICATION.code)
    day = form.imprint.day
    size = checks([("単身世帯", form.is_single), ("多人数世帯", not form.is_single)])
    yield Grid(
        [
            [_cell("勤務先", ""), _cell("就労を始めた日", day(form.job_began))],
            [_cell("世帯", size), _cell("保護が終わる日", day(form.ended_on))],
        ],
        label_width=_LABEL,
    )
    yield Space(3)
    yield Table(
        [
            Column("対象の月", 3),
            Column("働いた収入（総額）", 4),
            Column("収入認定額", 4, Align.RIGHT),
        ],
        [
            (
                form.imprint.month(each.month),
                "",
                "" if each.recognised is None else yen(each.recognised),
            )
            for each in form.months
        ],
        row=8.0,
    )
    yield from _foot(form, INDEPENDENCE_APPLICATION.code, ["給与明細・雇用契約書の写し"])


def _study_or_work(form: StudyOrWorkApplication) -> Iterator[Block]:
    yield from _head(form, STUDY_OR_WORK_APPLICATION.code)
    way = checks([("進学", not form.is_work), ("就職", form.is_work)])
    moves = checks([("転居する", form.moves_out), ("転居しない", not form.moves_out)])
    yield Grid(
        [
            [_cell("進路", way), _cell("入学・就職の日", form.imprint.day(form.begins_on))],
            [_cell("学校・勤務先の名", "")],
            [_cell("転居", moves), _cell("転居する日", "")],
            [_cell("転居先の住所", "")],
        ],
        label_width=_LABEL,
    )
    papers = ["入学・採用を証明する書類", "転居先の賃貸借契約書の写し（転居する場合）"]
    yield from _foot(form, STUDY_OR_WORK_APPLICATION.code, papers)


def _head(form: Application, code: str) -> Iterator[Block]:
    imprint = form.imprint
    yield Title(has_office=False)
    yield Said(f"{imprint.style.signatory or imprint.office_name}　{imprint.label(code, 'あて')}")
    yield Space(2)
    yield Said(imprint.say(code, "asking"), below=3)
    yield Grid(
        [
            [_cell("申請する日", ""), _cell("ケース番号", form.case_number)],
            [_cell("申請者の氏名", form.name), _cell("生年月日", imprint.day(form.birth_date))],
            [_cell("住所・電話", "")],
        ],
        label_width=_LABEL,
    )
    yield Space(3)


def _foot(form: Application, code: str, papers: Sequence[str]) -> Iterator[Block]:
    yield Space(3)
    yield LongText("申請の理由", lines=3, label_width=_LABEL)
    yield Space(3)
    yield Grid(
        [[_cell("添える書類", checks((paper, False) for paper in papers))], [_cell("振込先", "")]],
        label_width=_LABEL,
    )
    yield Note(form.imprint.say(code, "check"))
    yield Signature("署名")


def _cell(label: str, value: str) -> Cell:
    return Cell(label, value, height=_ROW if value else _WRITTEN, style=BODY)


JOB_SEARCH_APPLICATION: FormKind[JobSearchApplication] = FormKind(
    code="S-25",
    title="就労活動促進費申請書・活動確認表",
    edition="第1版",
    lay_out=_job_search,
    subject=lambda form: form.case_number,
)
INDEPENDENCE_APPLICATION: FormKind[IndependenceApplication] = FormKind(
    code="S-26",
    title="就労自立給付金申請書",
    edition="第1版",
    lay_out=_independence,
    subject=lambda form: form.case_number,
)
STUDY_OR_WORK_APPLICATION: FormKind[StudyOrWorkApplication] = FormKind(
    code="S-27",
    title="進学・就職準備給付金申請書",
    edition="第1版",
    lay_out=_study_or_work,
    subject=lambda form: form.case_number,
)
