"""Puts the handover sheet of a household together from its file. The caller holds a ticket, read with its own rights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.briefs import Brief, VisitSide
from desktop.domain.clock import Clock
from desktop.domain.dates import age_on
from desktop.domain.entries import format_postal
from desktop.domain.handover_sheets import (
    AHEAD_DAYS,
    CARE_CHARACTERS,
    LINE_CHARACTERS,
    MOST_AHEAD,
    MOST_CARES,
    MOST_CONTACTS,
    MOST_MEMBERS,
    MOST_OPEN,
    MOST_POLICY,
    NAME_CHARACTERS,
    HandoverLine,
    HandoverMember,
    HandoverPart,
    HandoverSheet,
    Recipient,
    cut,
    line_of,
    shared_out,
)
from desktop.domain.households import Member
from desktop.domain.labels import HOUSEHOLD_STATE, HOUSEHOLD_TYPE, RELATION, RESIDENCE
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.support_policies import INDEPENDENCE
from desktop.models.households import Household
from desktop.models.ledger import DistrictPeriod
from desktop.models.office import Assignment
from desktop.services.handover_sheets.ahead import ahead_lines
from desktop.services.handover_sheets.caring import care_lines, contact_lines
from desktop.services.handover_sheets.open_items import open_lines
from desktop.services.households.case_file import load_case_file
from desktop.services.imprints import imprint_of
from desktop.services.liaisons.loading import held_today
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on
from desktop.services.support_policies.brief import brief_of
from desktop.services.support_policies.visit_side import visit_side

#: A kind of entry fits its column with so many.
_KIND_CHARACTERS = 7
#: What fits a small cell of the head; what does not would make a second sheet.
_CELL_CHARACTERS, _DISTRICT_CHARACTERS = 10, 16


def handover_sheet(
    session: Session, staff: SignedInStaff, clock: Clock, household_id: UUID, reader: Recipient
) -> HandoverSheet:
    """The sheet of one household for its next caseworker; nothing on it needs more than the opened file."""
    today = clock.today()
    file = load_case_file(session, staff, household_id, today, today=today, without_duty=False)
    brief = brief_of(session, staff, household_id, today)
    side = visit_side(session, staff, household_id, today)
    until = today + timedelta(days=AHEAD_DAYS)
    # On and after the day the new caseworker has the household already: the old one had it until the day before.
    held_on = min(today, reader.from_day - timedelta(days=1)) if reader.from_day else today
    bar = file.identity
    members = [_member(m, today) for m in file.members]
    liaisons = held_today(session, household_id, today)
    cares, contacts, open_items, ahead = shared_out(
        list(care_lines(session, staff.office_id, file, liaisons, today)),
        list(contact_lines(session, staff.office_id, file, liaisons, today)),
        list(open_lines(session, staff, household_id, brief, side, today)),
        list(ahead_lines(session, staff, household_id, brief, today, until)),
        most=(MOST_CARES, MOST_CONTACTS, MOST_OPEN, MOST_AHEAD),
    )
    return HandoverSheet(
        imprint=imprint_of(session, staff, clock),
        as_of=today,
        case_number=bar.case_number,
        district=cut(f"{bar.district_code} {bar.district_name}", _DISTRICT_CHARACTERS),
        head_name=cut(bar.head_name, NAME_CHARACTERS),
        head_kana=cut(bar.head_kana, NAME_CHARACTERS),
        state=HOUSEHOLD_STATE[bar.state],
        household_type=HOUSEHOLD_TYPE[file.household_type] if file.household_type else "",
        visit_grade=cut(file.visit_grade, _CELL_CHARACTERS),
        address=cut(f"{format_postal(file.postal_code)} {file.address}", CARE_CHARACTERS),
        since=file.started_on,
        last_met_on=side.last_met_on,
        days_since_met=side.days_since_met,
        absences=side.absences,
        old_caseworker=cut(
            _former(session, household_id, held_on) or bar.caseworker, _CELL_CHARACTERS
        ),
        in_charge_since=_in_charge_since(session, household_id, held_on),
        new_caseworker=cut(reader.name, _CELL_CHARACTERS),
        from_day=reader.from_day,
        members=tuple(members[:MOST_MEMBERS]),
        more_members=max(len(members) - MOST_MEMBERS, 0),
        cares=cares,
        open_items=open_items,
        ahead=ahead,
        contacts=contacts,
        recent=tuple(_recent(side)),
        policy=_policy(brief, today),
        policy_on=brief.approved_on,
        review_on=brief.review_due_on,
    )


def _member(member: Member, today: date) -> HandoverMember:
    where = " ".join(filter(None, (RESIDENCE[member.residence], member.residence_place)))
    return HandoverMember(
        name=cut(member.name, NAME_CHARACTERS),
        relation=RELATION[member.relation],
        age=None if member.birth_date is None else age_on(member.birth_date, today),
        place=cut(where, NAME_CHARACTERS),
    )


def _recent(side: VisitSide) -> Iterator[HandoverLine]:
    """The last contacts, the newest first."""
    for entry in side.recent:
        words = f"{entry.result_label}　{entry.gist}" if entry.result_label else entry.gist
        yield HandoverLine(
            label=cut(entry.kind_label, _KIND_CHARACTERS),
            day=entry.event_on,
            words=cut(words, LINE_CHARACTERS),
        )


def _policy(brief: Brief, today: date) -> HandoverPart:
    """The first issues that go on, in one line each."""
    lines = tuple(
        line_of(INDEPENDENCE[issue.independence], None, issue.text, today)
        for issue in brief.issues[:MOST_POLICY]
    )
    return HandoverPart(lines=lines, more=max(len(brief.issues) - MOST_POLICY, 0))


def _former(session: Session, household_id: UUID, day: date) -> str:
    """Who had the household's district as its main caseworker on a day; "" where nobody did."""
    district_id = session.scalar(select(Household.district_id).where(Household.id == household_id))
    if district_id is None:
        return ""
    return main_caseworkers(session, day, {district_id}).get(district_id, ("", None))[0]


def _in_charge_since(session: Session, household_id: UUID, today: date) -> date | None:
    """Since when the main caseworker of a day has the household: the later of both beginnings."""
    row = session.execute(
        select(DistrictPeriod.valid_from, Assignment.valid_from)
        .join(Household, Household.id == DistrictPeriod.household_id)
        .join(Assignment, Assignment.district_id == DistrictPeriod.district_id)
        .where(
            DistrictPeriod.household_id == household_id,
            DistrictPeriod.district_id == Household.district_id,
            holds_on(DistrictPeriod, today),
            Assignment.kind == AssignmentKind.MAIN,
            holds_on(Assignment, today),
        )
        .order_by(Assignment.valid_from.desc())
        .limit(1)
    ).first()
    return None if row is None else max(row)
