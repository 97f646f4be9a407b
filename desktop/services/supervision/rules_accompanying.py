"""Rule about supervisors who come along (同行訪問): whoever is new to the work is not left alone with it (section 5.2, V19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.dates import months_later
from desktop.domain.office import AssignmentKind
from desktop.domain.records import ContactMethod
from desktop.domain.roles import Role
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household
from desktop.models.office import Assignment, StaffRole
from desktop.models.records import Contact, ContactStaff, EntryRecord
from desktop.services.supervision.scope import Scope, in_words
from desktop.services.supervision.visits import stated

_DISTRICT_WORK = (AssignmentKind.MAIN, AssignmentKind.DEPUTY)


class NewAndAlone:
    """V19: a caseworker in the first year, and no supervisor came along on a visit for three months."""

    info = RuleInfo(
        rule="V19",
        name="同行訪問のない新しい担当者",
        severity=1,
        basis="地区を受け持ってからしきい値 V19 の日数以内の担当者で、この V19 の月数のあいだに、査察指導員が一緒に行った訪問の記録がないもの"
        "（受け持ってからその月数がたつまでは尋ねません）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a caseworker of the districts in reach."""
        since = months_later(scope.today, -scope.limits.v19_months)
        people = {
            staff_id: name
            for district_id, (name, staff_id) in scope.caseworkers.items()
            if staff_id is not None and scope.supervises(district_id)
        }
        from_day = scope.days_ago(scope.limits.v19_days)
        began = {s: day for s, day in _began(session, people).items() if from_day <= day <= since}
        accompanied = _accompanied(session, scope, began) if began else {}
        for staff_id, first in sorted(began.items(), key=lambda one: (people[one[0]], one[0])):
            name, last = people[staff_id], accompanied.get(staff_id)
            if last is not None and last > since:
                continue
            before = (
                f"最後の同行は{in_words(last)}です。" if last else "同行の記録はまだありません。"
            )
            yield Finding(
                rule=self.info.rule,
                severity=self.info.severity,
                household_id=None,
                staff_id=staff_id,
                case_number="",
                head_name="",
                caseworker=name,
                reason=f"{in_words(first)}から担当していますが、この{scope.limits.v19_months}か月、"
                f"査察指導員の同行訪問がありません。{before}いつ一緒に訪ねますか。",
                since=last or first,
                days=scope.since(last or first),
            )


def _began(session: Session, people: dict[UUID, str]) -> dict[UUID, date]:
    """Caseworker → the first day on which the person looked after any district."""
    a = Assignment
    rows = session.execute(
        select(a.staff_id, func.min(a.valid_from))
        .where(a.staff_id.in_(people), a.kind.in_(_DISTRICT_WORK))
        .group_by(a.staff_id)
    )
    return {staff_id: day for staff_id, day in rows}  # noqa: C416 - rows, not pairs


def _accompanied(session: Session, scope: Scope, began: dict[UUID, date]) -> dict[UUID, date]:
    """Caseworker → the last visit in the own districts to which a supervisor came along, whoever was met."""
    other, r = aliased(ContactStaff), StaffRole
    districts = [d for d, (_, staff_id) in scope.caseworkers.items() if staff_id in began]
    theirs = select(Household.id).where(Household.district_id.in_(districts))
    rows = session.execute(
        select(ContactStaff.staff_id, func.max(Contact.happened_on))
        .join(Contact, Contact.id == ContactStaff.contact_id)
        .join(EntryRecord, stated(scope))
        .join(
            other,
            (other.contact_id == ContactStaff.contact_id)
            & (other.staff_id != ContactStaff.staff_id),
        )
        .join(r, (r.staff_id == other.staff_id) & (r.role == Role.SUPERVISOR))
        .where(
            ContactStaff.staff_id.in_(began),
            Contact.household_id.in_(theirs),
            Contact.happened_on >= min(began.values()),
            Contact.method == ContactMethod.VISIT,
            Contact.happened_on >= r.valid_from,
            (r.valid_to.is_(None)) | (r.valid_to >= Contact.happened_on),
        )
        .group_by(ContactStaff.staff_id)
    )
    return {staff_id: day for staff_id, day in rows}  # noqa: C416 - rows, not pairs
