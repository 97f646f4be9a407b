"""月間訪問計画・実績表 (K-08): the visits of a month in their order, what became of each, and the counts.

Columns after visits-records-approval 2.5; whom a visit met is told by its result, for names of those met open a file.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.era import weekday_name
from desktop.domain.imprint import Imprint
from desktop.domain.visit_marks import VISIT_MARK
from desktop.domain.visit_plan_forms import NOT_TOLD, MonthPlanForm, MonthVisitLine
from desktop.domain.visit_plans import PLAN_STATE, VISIT_KIND
from desktop.domain.working_time import HALF_LABEL
from desktop.reports.blocks import Cell, Grid, Note, Said, Space, Stamps, Table, Title, Together
from desktop.reports.blocks.table import Column
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.paper_size import A4_ACROSS
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_TEXT = Style(FontRole.MINCHO, 8)
_FIGURE = Style(FontRole.MINCHO, 9)
_COLUMNS = tuple(
    Column(label, share, align, _TEXT)
    for label, share, align in (
        ("日", 8, Align.CENTRE),
        ("曜", 6, Align.CENTRE),
        ("ケース番号", 19, Align.LEFT),
        ("世帯主", 24, Align.LEFT),
        ("格付", 8, Align.CENTRE),
        ("計画区分", 16, Align.CENTRE),
        ("訪問目的", 37, Align.LEFT),
        ("予定時刻\n・同行者", 20, Align.LEFT),
        ("記号", 8.5, Align.CENTRE),
        ("訪問結果\n（面接者）", 30, Align.LEFT),
        ("実施日時", 22, Align.CENTRE),
        ("記録\n作成日", 15, Align.CENTRE),
        ("査察\n確認日", 15, Align.CENTRE),
        ("未実施理由", 22, Align.LEFT),
        ("振替\n予定月", 12, Align.CENTRE),
    )
)
_NOTHING = "この月の訪問はありません。"
_COUNT_ROW = 8.0


def _lay_out(form: MonthPlanForm) -> Iterator[Block]:
    imprint = form.imprint
    yield Stamps(form.stamps, side=18, beside=True)
    yield Title()
    district = f"{form.district_code} {form.district_name}"
    said = f"{imprint.month(form.month)}　地区 {district}　担当員 {form.caseworker}"
    yield Said(said, VALUE, label="担当員")
    state = PLAN_STATE[form.state] if form.state else NOT_TOLD
    day = imprint.day(form.as_of)
    yield Said(imprint.say("K-08", form.source.value, state=state, day=day), _FIGURE)
    if any(not line.head_name for line in form.lines):
        yield Said(imprint.say("K-08", "not_told"), _FIGURE)
    rows = [_values(imprint, line) for line in form.lines]
    yield Table(_COLUMNS, rows, row=7.0, head=8.4, empty=_NOTHING)
    yield Space(3)
    yield Together(_COUNT_ROW + 6, [_counts(form), Note(imprint.say("K-08", "counts"))])


def _counts(form: MonthPlanForm) -> Grid:
    counts = form.counts
    percent = NOT_TOLD if counts.percent is None else f"{counts.percent}％"
    cells = (
        ("計画件数", f"{counts.planned:,}"),
        ("実施件数", f"{counts.done:,}"),
        ("実施率", percent),
        ("不在件数", f"{counts.absent:,}"),
        ("臨時件数", f"{counts.extra:,}"),
        ("未記録件数", f"{form.unrecorded:,}"),
        ("取りやめ", f"{counts.cancelled:,}"),
        ("振替", f"{form.moved:,}"),
        ("計画に入らない", f"{form.unplanned:,}"),
    )
    row = [
        Cell(label, value, height=_COUNT_ROW, align=Align.RIGHT, style=_FIGURE)
        for label, value in cells
    ]
    return Grid([row], label_width=17)


def _values(imprint: Imprint, line: MonthVisitLine) -> tuple[str, ...]:
    kind = VISIT_KIND[line.kind] if line.kind else "計画外"
    came = f"（{line.moved_from.month}月から）" if line.moved_from else ""
    when = f"{HALF_LABEL[line.half] if line.half else ''}"
    order = f" {line.order}番" if line.order else ""
    return (
        *((f"{line.day.day}", weekday_name(line.day)) if line.day else ("", "")),
        *(line.case_number, line.head_name or NOT_TOLD, line.grade),
        *("\n".join(filter(None, (kind, came))), "、".join(line.purposes)),
        "\n".join(filter(None, (when + order, *line.with_whom))),
        VISIT_MARK[line.mark] if line.mark else "→",
        " ".join(filter(None, (line.result_code, line.result_label))),
        _when(imprint, line),
        imprint.day(line.recorded_on, is_short=True),
        imprint.day(line.checked_on, is_short=True),
        line.reason,
        imprint.month(line.moved_to, is_short=True),
    )


def _when(imprint: Imprint, line: MonthVisitLine) -> str:
    times = "～".join(
        f"{at // 60}:{at % 60:02}" for at in (line.started_at, line.ended_at) if at is not None
    )
    return "\n".join(filter(None, (imprint.day(line.made_on, is_short=True), times)))


MONTH_PLAN: FormKind[MonthPlanForm] = FormKind(
    code="K-08",
    title="月間訪問計画・実績表",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda form: form.district_code,
    paper=A4_ACROSS,
)
