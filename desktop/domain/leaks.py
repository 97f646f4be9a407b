"""Incidents with personal papers (漏えい等事案): what happened, whom it concerns, and until when the law wants to be told.

A lost sheet is reported inside at once; the deadlines of the reports to the commission (速報・確報) run in calendar days from
the day it was found. Basis: 個人情報の保護に関する法律26条・68条, 同法施行規則7条・8条; visits-records-approval 2.9, K-29.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from desktop.domain.clock import japan_day

MOST_PERSONS = 1_000_000
MOST_WORDS = 2000

NO_INCIDENT = "この事案は見つからないか、あなたが扱うものではありません。"
NOT_ALLOWED = "漏えい等事案を報告できるのは、持ち出した本人と査察指導員・上位の職です。"
NOT_YOUR_REPORT = "報告の要否と報告した日を決められるのは、査察指導員と上位の職です。"
MOVED_ON = "この事案は別の職員が先に保存しました。最新の内容を確認してください。"
NO_SUMMARY = "何が起きたかを入力してください。"
FOUND_LATER = "発覚した日時は、今までの日時にしてください。"
BAD_PERSONS = "人数は0から1,000,000までで入力してください。"
BAD_REPORT_DAY = "報告した日は、発覚した日から今日までの日にしてください。"
NO_REASON = "報告が要らないとした訳を入力してください。"
NOT_LOST = "紛失した持出しにだけ、事案を結び付けられます。"
ONE_EACH = "この持出しの事案は、すでに報告されています。"
TOO_LONG = "文字が多すぎます。短くしてください。"

#: The texts of an incident in the order of the form, with their labels.
INCIDENT_TEXTS: tuple[tuple[str, str], ...] = (
    ("summary", "事案の概要"),
    ("items", "漏えい等が発生し、又は発生したおそれがある個人データの項目"),
    ("cause", "発生原因"),
    ("harm", "二次被害又はそのおそれの有無及びその内容"),
    ("talk", "本人への対応の実施状況"),
    ("publication", "公表の実施状況"),
    ("prevention", "再発防止のための措置"),
    ("remark", "その他参考となる事項"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRules:
    """The terms in force, in calendar days: when the first report is near and due, the full one, and how early it is told."""

    quick_from_days: int
    quick_days: int
    full_days: int
    malicious_days: int
    near_days: int

    def quick_due(self, found_on: date) -> date:
        """The day by which the first report (速報) is due."""
        return found_on + timedelta(days=self.quick_days)

    def full_due(self, found_on: date, *, is_malicious: bool) -> date:
        """The day by which the full report (確報) is due; longer where somebody may have meant it."""
        return found_on + timedelta(days=self.malicious_days if is_malicious else self.full_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentInput:
    """An incident as it is reported or gone on with. `version` is the one that was shown, 0 for new."""

    incident_id: UUID
    carry_out_id: UUID | None
    version: int
    found_at: datetime
    persons: int
    is_malicious: bool = False
    is_reportable: bool = True
    quick_reported_on: date | None = None
    full_reported_on: date | None = None
    summary: str = field(default="", repr=False)
    items: str = field(default="", repr=False)
    cause: str = field(default="", repr=False)
    harm: str = field(default="", repr=False)
    talk: str = field(default="", repr=False)
    publication: str = field(default="", repr=False)
    prevention: str = field(default="", repr=False)
    remark: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident as it stands, with its deadlines. `carry_label` is the number of the lost papers' trip."""

    given: IncidentInput
    carry_label: str
    quick_due_on: date
    full_due_on: date
    reported_at: datetime
    reported_by: str = field(repr=False)
    saved_at: datetime
    saved_by: str = field(repr=False)

    @property
    def found_on(self) -> date:
        """The day it was found."""
        return japan_day(self.given.found_at)

    @property
    def waits_for(self) -> tuple[str, date] | None:
        """The next report that is due and its day; None where none is."""
        if not self.given.is_reportable or self.given.full_reported_on is not None:
            return None
        if self.given.quick_reported_on is None:
            return "速報", self.quick_due_on
        return "確報", self.full_due_on
