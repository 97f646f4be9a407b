"""Monthly papers of the training office: reports on the search for work that came, that were reminded of, or that nobody asked about (E20, E21)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from desktop.domain.clock import japan_day
from desktop.domain.dates import months_later
from desktop.domain.declarations import month_of
from desktop.domain.monthly_papers import LadderStep, MonthlyPaper, PaperWhy
from desktop.domain.papers import PaperState, fiscal_year
from desktop.domain.work_estimates import EstimateKind
from desktop.models.monthly_papers import (
    MonthlyPaperMissing,
    MonthlyPaperMissingText,
    MonthlyPaperReceipt,
    MonthlyPaperReminder,
)
from desktop.models.papers import PaperBook, PaperRecord, PaperStepRecord, PaperText
from desktop.models.records import PrintBatch
from desktop.models.work_estimates import BenefitCaseRecord
from desktop.services.masters.lookup_monthly import ladder, monthly_papers
from desktop.services.training.support_cast import Owner, Supported, Telling, instant

_REPORT = "job_search_report"
_NOTED, _PRINTED = (11, 30), (9, 10)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Whose:
    """Who hands a paper over, and who takes it in."""

    owner: Owner
    person_id: UUID
    by: UUID


def tell_monthly_papers(telling: Telling, told: Sequence[Mapping[str, Any]]) -> None:
    """Somebody's reports came but for the newest ones; of those that are late a reason may be there."""
    known = monthly_papers(telling.session, telling.office_id, telling.today)
    paper = next(each for each in known if each.code == _REPORT)
    for each in known:
        if each.why is PaperWhy.JOB_SEARCH_AID:
            _report_of_aid(telling, each)
    for line in told:
        who = telling.cast.get(line["rule"])
        if who is None:
            continue
        months = list(_late(telling, paper, who.since))
        missing = months[len(months) - line["missing"] :]
        for month in months[: len(months) - line["missing"]]:
            whose = _Whose(telling.owner(who), who.person_id, who.caseworker_id)
            _came(telling, whose, paper, month, line["note"])
        if missing:
            _asked(telling, who, missing[0], line)
            _plant(telling, who, paper, missing, asked_help="help" in line)


def _report_of_aid(telling: Telling, paper: MonthlyPaper) -> None:
    """Whoever applied for 就労活動促進費 reported what was done in each of its months."""
    c = BenefitCaseRecord
    cases = telling.session.scalars(
        select(c)
        .where(c.office_id == telling.office_id, c.kind == EstimateKind.JOB_SEARCH)
        .order_by(c.made_at, c.id)
    ).all()
    for case in cases:
        owner = Owner(office_id=telling.office_id, household_id=case.household_id)
        for place in range(case.months or 0):
            month = months_later(month_of(case.about_on), place)
            if paper.due_on(month) < telling.today:
                _came(telling, _Whose(owner, case.person_id, case.made_by), paper, month, "")


def _late(telling: Telling, paper: MonthlyPaper, since: date) -> Iterator[date]:
    """The months since a group was decided whose report should have come, the oldest first."""
    month = month_of(since)
    while paper.due_on(month) < telling.today:
        yield month
        month = months_later(month, 1)


def _came(telling: Telling, whose: _Whose, paper: MonthlyPaper, month: date, note: str) -> None:
    """The paper about a month was handed over after the office's last paper, and waits to be looked at."""
    p, office_id = PaperRecord, telling.office_id
    last = telling.session.scalar(select(func.max(p.received_at)).where(p.office_id == office_id))
    at = last + _MINUTE if last else instant(telling.day(1), *_NOTED)
    year = fiscal_year(japan_day(at))
    book = telling.session.get(PaperBook, (office_id, year))
    if book is None:
        book = PaperBook(office_id=office_id, fiscal_year=year, last_number=0)
        telling.add(book)
    book.last_number += 1
    paper_id, owner = telling.new_id(), whose.owner
    telling.add(
        PaperRecord(
            id=paper_id,
            fiscal_year=year,
            number=book.last_number,
            kind=paper.paper_kind,
            person_id=whose.person_id,
            sheets=1,
            state=PaperState.RECEIVED,
            received_by=whose.by,
            received_at=at,
            owner_id=whose.by,
            settled_at=None,
            **owner,
        ),
        PaperText(paper_id=paper_id, from_whom="本人", note=note, **owner),
        PaperStepRecord(
            paper_id=paper_id,
            number=1,
            state=PaperState.RECEIVED,
            by_id=whose.by,
            at=at,
            **owner,
        ),
        MonthlyPaperReceipt(
            id=telling.new_id(),
            person_id=whose.person_id,
            paper=paper.code,
            month=month,
            paper_id=paper_id,
            linked_by=whose.by,
            linked_at=at,
            **owner,
        ),
    )


def _asked(telling: Telling, who: Supported, month: date, line: Mapping[str, Any]) -> None:
    """A card asked for the first one that is missing, and a reason was noted the day after."""
    day, owner = telling.day(line["reminded"]), telling.owner(who)
    printed, batch_id, missing_id = instant(day, *_PRINTED), telling.new_id(), telling.new_id()
    telling.add(
        PrintBatch(
            id=batch_id,
            office_id=telling.office_id,
            printed_by=who.caseworker_id,
            printed_at=printed,
            mark="original",
            pages=1,
            sha256=sha256(batch_id.bytes).hexdigest(),
        ),
        MonthlyPaperReminder(
            id=telling.new_id(),
            person_id=who.person_id,
            paper=_REPORT,
            month=month,
            number=1,
            batch_id=batch_id,
            printed_by=who.caseworker_id,
            printed_at=printed,
            **owner,
        ),
        MonthlyPaperMissing(
            id=missing_id,
            person_id=who.person_id,
            paper=_REPORT,
            month=month,
            reason=line["reason"],
            asked_help="help" in line,
            noted_by=who.caseworker_id,
            noted_at=instant(day + timedelta(days=1), *_NOTED),
            **owner,
        ),
        MonthlyPaperMissingText(
            missing_id=missing_id, words=line["words"], help_missing=line.get("help", ""), **owner
        ),
    )


def _plant(
    telling: Telling,
    who: Supported,
    paper: MonthlyPaper,
    missing: Sequence[date],
    *,
    asked_help: bool,
) -> None:
    days = ladder(telling.session, telling.office_id, telling.today)
    due_on = paper.due_on(missing[0])
    is_told = days.step(due_on, telling.today) is LadderStep.TELL
    is_asked = asked_help or len(missing) < days.in_a_row
    telling.plant("E20", who, due_on, "求職活動報告が出ていない", is_near=not is_told)
    telling.plant("E21", who, due_on, "続けて出ず、足りない支援を聞いていない", is_near=is_asked)
