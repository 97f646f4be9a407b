"""Forms with invented people for the tests of the paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desktop.database.shipped import shipped_rows
from desktop.domain.audit_day import (
    AccountChange,
    AuditDay,
    ReadingNote,
    RefusedCount,
    ShieldChange,
    TickGap,
)
from desktop.domain.clock import JAPAN
from desktop.domain.forms import CaseRecordForm, FormMark, PrintedEntry, PrintedSegment, Stamp
from desktop.domain.imprint import HouseStyle, Imprint
from desktop.domain.master_tables import Master
from desktop.domain.seals import Seal
from tests.support.fakes import CLOCK

WORDING = {str(row.key): str(row.value["text"]) for row in shipped_rows(Master.FORM_WORDING)}


def make_imprint(**changes: Any) -> Imprint:
    imprint = Imprint(
        office_name="架空市福祉事務所",
        mark=FormMark.PLAIN,
        training=False,
        printed_at=CLOCK.now(),
        printed_by="担当 見本",
        style=HouseStyle(wording=WORDING),
    )
    return replace(imprint, **changes)


POSITIONS = ("担当", "査察指導員", "課長")

FACTS = (
    "本人宅を訪問し、居間で本人から話を聞いた。顔色は良く、受け答えもはっきりしている。"
    "先月から始めた朝の散歩を週５日続けており、体重は58.5kg（前回60.2kg）とのこと。"
    "電気・ガス・水道の滞納はなく、家賃42,000円は代理納付を継続している。"
    "冷蔵庫には野菜や卵があり、自炊ができている様子であった。"
)
WORDS = "「膝の痛みが少し楽になった。１日２時間くらいの仕事なら、やってみたい気持ちはある。」"
VIEW = "　生活は安定している。就労への意欲が見られるため、主治医の意見を聞いた上で、就労支援員との面談につなげたい。"
NEXT = "令和6年12月20日までに主治医へ病状照会を行う。次回訪問は翌年１月中旬を予定する。"


def make_stamps(*days: date | None) -> tuple[Stamp, ...]:
    names = ("見本太郎", "架空花子", "例示次郎")
    return tuple(
        Stamp(position_label=label, name=name, stamped_on=day)
        for label, name, day in zip(POSITIONS, names, days, strict=False)
    )


def make_entry(**changes: Any) -> PrintedEntry:
    entry = PrintedEntry(
        event_on=date(2024, 12, 3),
        time_text="10:30～11:15",
        kind_label="家庭訪問",
        place_label="自宅",
        met="本人",
        author="見本太郎",
        recorded_on=date(2024, 12, 4),
        late=False,
        subject="定期訪問（生活状況の確認）",
        segments=(
            PrintedSegment(label="事実", text=FACTS, source="本人の申述、担当員の確認"),
            PrintedSegment(label="本人の発言", text=WORDS),
            PrintedSegment(label="所見", text=VIEW),
            PrintedSegment(label="指導・助言", text=""),
            PrintedSegment(label="次回予定", text=NEXT),
        ),
        stamps=make_stamps(date(2024, 12, 4), date(2024, 12, 6), date(2024, 12, 9)),
        entry_number=12,
    )
    return replace(entry, **changes)


def make_form(entries: Iterable[PrintedEntry] | None = None, **changes: Any) -> CaseRecordForm:
    form = CaseRecordForm(
        office_name="見本市福祉事務所",
        case_number="0123",
        head_name="見本　一郎",
        district_name="第３地区",
        entries=tuple(entries) if entries is not None else (make_entry(),),
        mark=FormMark.ORIGINAL,
        training=False,
        printed_at=datetime(2024, 12, 10, 2, 5, tzinfo=UTC),
        printed_by="記録係　三郎",
        position_labels=POSITIONS,
    )
    return replace(form, **changes)


def make_audit_day(**changes: Any) -> AuditDay:
    """A day of the audit trail with one of each."""
    midnight = datetime(2024, 10, 1, tzinfo=JAPAN)
    seal = Seal(n=1440, at=midnight.replace(hour=17), rows=12, chain=bytes(range(32)))
    values: dict[str, Any] = {
        "office_name": "架空市福祉事務所",
        "day": date(2024, 10, 1),
        "printed_at": midnight.replace(hour=17, minute=15),
        "events": 12345,
        "unsealed": 3,
        "seals": 600,
        "before": replace(seal, n=840, at=midnight - timedelta(minutes=1)),
        "last": seal,
        "changes": (
            AccountChange(
                at=midnight.replace(hour=9),
                action="password reset",
                by="試験 管理",
                whom="試験 太郎",
            ),
            AccountChange(
                at=midnight.replace(hour=10),
                action="insert staff_role",
                by="試験 課長",
                whom="試験 太郎",
                role_label="査察指導員",
            ),
        ),
        "refused": (
            RefusedCount(name="試験 太郎", count=10, last_at=midnight.replace(hour=11)),
            RefusedCount(name="", count=2, last_at=midnight.replace(hour=12)),
        ),
        "ticks": 1000,
        "shields": (
            ShieldChange(
                at=midnight.replace(hour=13), case_number="0123", by="試験 庶務", by_import=True
            ),
        ),
        "unusual": (ReadingNote(name="試験 花子", fact="1時間で45世帯を開いています（目安30）。"),),
        "gaps": (
            TickGap(since=midnight.replace(hour=3), until=midnight.replace(hour=3, minute=25)),
        ),
    }
    return AuditDay(**values | changes)
