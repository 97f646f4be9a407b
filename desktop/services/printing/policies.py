"""Printing of support policies: the values of the 援助方針記録票, and the log of what went to paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock, japan_day
from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import ExplanationSheet, FormMark, PolicyForm, Stamp
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import ROLE_LABELS, Permission, Role
from desktop.domain.support_policies import PolicyState, SupportPolicy
from desktop.models.households import Member, Person
from desktop.models.support_policies import PrintedPolicy, SupportPolicyRecord
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.permission import needs
from desktop.services.printing.batches import note_batch
from desktop.services.printing.explanations import explanation_sheet
from desktop.services.printing.forms import WRITER
from desktop.services.support_policies.loading import load_policy

#: Boxes that stand on the sheet whether somebody has stamped there or not.
_ALWAYS = (Role.SUPERVISOR, Role.SECTION_HEAD)
_NOT_YET_EXPLAINED = "本人用の説明書を印刷できるのは、決裁された援助方針だけです。"
_NOT_APPROVED = "決裁されていない援助方針は「案」でだけ印刷できます。"


@dataclass(frozen=True, slots=True)
class PolicyPrinting:
    """Printing of policies for the signed-in person."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.PRINT_DRAFTS)
    def prepare(self, policy_id: UUID, mark: FormMark) -> PolicyForm:
        """The form of a policy. An original or a copy is the work of records staff and shows what was approved."""
        self._refuse_unless_draft(mark)
        self.reading.open(Purpose.FILE, [self._household_of(policy_id)])
        with self.work() as session:
            record = session.get_one(SupportPolicyRecord, policy_id)
            policy = load_policy(session, self.staff, policy_id, _version(record, mark))
            if policy is None:
                raise NotPermittedError("この援助方針は見つからないか、まだ提出されていません。")
            return self._form(session, policy, mark)

    @needs(Permission.PRINT_DRAFTS)
    def explanation_sheet(self, policy_id: UUID, *, with_readings: bool) -> ExplanationSheet:
        """The sheet for the person of an approved policy. Raises NotPermittedError for one that is not approved."""
        self.reading.open(Purpose.FILE, [self._household_of(policy_id)])
        with self.work() as session:
            policy = load_policy(session, self.staff, policy_id)
            if policy is None or policy.state is not PolicyState.APPROVED:
                raise NotPermittedError(_NOT_YET_EXPLAINED)
            return explanation_sheet(
                session, policy, self.staff, self.clock, with_readings=with_readings
            )

    @needs(Permission.PRINT_DRAFTS)
    def record(
        self, batch_id: UUID, policy_ids: Sequence[UUID], mark: FormMark, *, pages: int, sha256: str
    ) -> None:
        """Note a print run: who, when, which policy in which version, the PDF's hash. Repeating it changes nothing."""
        self._refuse_unless_draft(mark)
        with self.work() as session:
            if not note_batch(
                session,
                batch_id,
                mark,
                staff=self.staff,
                at=self.clock.now(),
                pages=pages,
                sha256=sha256,
            ):
                return
            for policy_id in policy_ids:
                record = session.get_one(SupportPolicyRecord, policy_id)
                session.add(
                    PrintedPolicy(
                        batch_id=batch_id,
                        policy_id=policy_id,
                        version=_version(record, mark),
                        form=_form_code(mark),
                        office_id=record.office_id,
                        household_id=record.household_id,
                    )
                )

    def _form(self, session: Session, policy: SupportPolicy, mark: FormMark) -> PolicyForm:
        today = self.clock.today()
        bar = identities(session, self.staff, [policy.household_id], today, opened=True)[
            policy.household_id
        ]
        return PolicyForm(
            imprint=imprint_of(session, self.staff, self.clock, mark),
            case_number=bar.case_number,
            head_name=bar.head_name,
            district_name=f"{bar.district_code} {bar.district_name}",
            policy=policy,
            previous_on=_day_of(session, policy.follows),
            names=_names(session, policy.household_id),
            stamps=tuple(_stamps(policy)),
        )

    def _refuse_unless_draft(self, mark: FormMark) -> None:
        if mark in {FormMark.ORIGINAL, FormMark.COPY} and not self.staff.may(
            Permission.PRINT_RECORDS
        ):
            raise NotPermittedError("正本と写しを印刷できるのは記録・庶務職員だけです。")

    def _household_of(self, policy_id: UUID) -> UUID:
        with self.work() as session:
            household_id = session.scalar(
                select(SupportPolicyRecord.household_id).where(
                    SupportPolicyRecord.id == policy_id,
                    SupportPolicyRecord.office_id == self.staff.office_id,
                )
            )
        if household_id is None:
            raise NotPermittedError("この援助方針は見つかりません。")
        return household_id


def _version(record: SupportPolicyRecord, mark: FormMark) -> int:
    """What was approved; for a draft of what was not, the newest."""
    if record.approved_version is not None:
        return record.approved_version
    if mark is not FormMark.DRAFT:
        raise NotPermittedError(_NOT_APPROVED)
    return record.version


def _form_code(mark: FormMark) -> str:
    """Which form it was: what carries no mark is the sheet for the person."""
    return "K-06" if mark is FormMark.PLAIN else "K-05"


def _stamps(policy: SupportPolicy) -> list[Stamp]:
    """The writer's box and those of the positions; empty where nobody has stamped."""
    handed_in = policy.state is not PolicyState.DRAFT
    writer = Stamp(
        position_label=WRITER,
        name=policy.author if handed_in else "",
        stamped_on=japan_day(policy.saved_at) if handed_in else None,
    )
    given = {stamp.position for stamp in policy.stamps}
    boxes = [role for role in ROLE_LABELS if role in given or role in _ALWAYS]
    return [writer, *(_box(role, policy) for role in boxes)]


def _box(role: Role, policy: SupportPolicy) -> Stamp:
    stamp = next((stamp for stamp in policy.stamps if stamp.position is role), None)
    return Stamp(
        position_label=ROLE_LABELS[role],
        name=stamp.name if stamp else "",
        stamped_on=japan_day(stamp.at) if stamp else None,
        note=stamp.note if stamp else "",
    )


def _day_of(session: Session, policy_id: UUID | None) -> date | None:
    if policy_id is None:
        return None
    return session.scalar(
        select(SupportPolicyRecord.made_on).where(SupportPolicyRecord.id == policy_id)
    )


def _names(session: Session, household_id: UUID) -> dict[UUID, str]:
    rows = session.execute(
        select(Person.id, Person.name)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id)
    )
    return {person_id: name for person_id, name in rows}  # noqa: C416 - rows are not pairs to the type checker
