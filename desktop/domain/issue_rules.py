"""Which forms are issued, what each takes, who issues it and who reads what was stored (発行する帳票の決まり)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.forms import FormMark
from desktop.domain.roles import Permission

#: What the subject of a form may be besides a row of a table: somebody of the household.
PERSON = "person"


class IssueCondition(StrEnum):
    """What a row must be before its letter leaves the office; SQLite and PostgreSQL each judge it (`issuing_conditions`)."""

    LETTER_APPROVED = "letter_approved"
    NOTICE_APPROVED = "notice_approved"
    SANCTION_DECIDED = "sanction_decided"
    ORDER_APPROVED = "order_approved"
    REFERRAL_OPEN = "referral_open"
    JOB_SEARCH_TOLD = "job_search_told"
    INDEPENDENCE_TOLD = "independence_told"
    STUDY_OR_WORK_TOLD = "study_or_work_told"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRule:
    """What an issue of one form takes.

    `subject` names the table whose rows the form is of ("" for the household as a whole, PERSON for a member);
    with `is_approved` each of them in the version that is approved. `replaces` tells whether a later issue of the
    same subjects takes the place of the earlier one, as a letter never does. `states` are those in which a subject
    may be issued; empty where the table has none. `condition` is what a row without a state must be.
    """

    form_code: str
    mark: FormMark
    permission: Permission
    subject: str = ""
    is_approved: bool = False
    replaces: bool = True
    states: tuple[str, ...] = ()
    condition: IssueCondition | None = None


def _original(form_code: str, subject: str = "", *, is_approved: bool = False) -> IssueRule:
    return IssueRule(
        form_code=form_code,
        mark=FormMark.ORIGINAL,
        permission=Permission.PRINT_RECORDS,
        subject=subject,
        is_approved=is_approved,
    )


def _plain(
    form_code: str,
    subject: str = "",
    *,
    is_approved: bool = False,
    replaces: bool = True,
    states: tuple[str, ...] = (),
) -> IssueRule:
    return IssueRule(
        form_code=form_code,
        mark=FormMark.PLAIN,
        permission=Permission.PRINT_DRAFTS,
        subject=subject,
        is_approved=is_approved,
        replaces=replaces,
        states=states,
    )


def _letter(
    form_code: str,
    subject: str,
    condition: IssueCondition,
    permission: Permission = Permission.PRINT_DRAFTS,
) -> IssueRule:
    """A letter about a row that is judged by a condition; a later issue never takes its place."""
    return IssueRule(
        form_code=form_code,
        mark=FormMark.PLAIN,
        permission=permission,
        subject=subject,
        replaces=False,
        condition=condition,
    )


#: The forms that are issued. A new one is one line here; the database judges by the same table (`security/seeds.py`).
ISSUE_RULES: Mapping[str, IssueRule] = {
    rule.form_code: rule
    for rule in (
        _original("K-04", "entry", is_approved=True),
        _original("K-05", "support_policy", is_approved=True),
        _plain("K-02"),
        _plain("K-06", "support_policy", is_approved=True),
        _plain("K-10", replaces=False),
        _plain(
            "K-19",
            "inquiry",
            replaces=False,
            states=("approved", "sent", "answered", "checked"),
        ),
        _plain("K-24"),
        _plain("K-25"),
        _plain("K-26", "transfer", states=("approved", "sent", "acknowledged")),
        _plain("L-01", PERSON, replaces=False),
        _plain("L-02", replaces=False),
        _plain("L-03", replaces=False),
        _plain("L-04", replaces=False),
        _plain("S-33", PERSON, replaces=False),
        _letter("K-15", "guidance_step", IssueCondition.LETTER_APPROVED, Permission.GUIDE),
        _letter("K-16", "guidance_step", IssueCondition.NOTICE_APPROVED, Permission.GUIDE),
        _letter("S-32", "guidance_step", IssueCondition.SANCTION_DECIDED, Permission.GUIDE),
        _letter(
            "K-18",
            "examination_order",
            IssueCondition.ORDER_APPROVED,
            Permission.ORDER_EXAMINATION,
        ),
        _letter("S-10", "referral", IssueCondition.REFERRAL_OPEN),
        _letter("S-25D", "benefit_decision", IssueCondition.JOB_SEARCH_TOLD),
        _letter("S-26D", "benefit_decision", IssueCondition.INDEPENDENCE_TOLD),
        _letter("S-27D", "benefit_decision", IssueCondition.STUDY_OR_WORK_TOLD),
        IssueRule(
            form_code="J-02",
            mark=FormMark.DISCLOSED,
            permission=Permission.PREPARE_DISCLOSURES,
            subject="disclosure",
            replaces=False,
            states=("reviewed", "issued"),
        ),
    )
}


#: Papers that not everybody of a file reads: who reads what was stored of them. That there is one is told to those and to
#: records staff, who keep the register.
READ_WITH: Mapping[str, Permission] = {
    **dict.fromkeys(("S-28", "S-32", "K-14G", "K-15", "K-16", "K-17"), Permission.GUIDE),
    "K-18": Permission.READ_SENSITIVE,
}


def closed_forms(may: Callable[[Permission], bool]) -> tuple[str, ...]:
    """The forms whose stored bytes somebody with these permissions does not read."""
    return tuple(code for code, permission in READ_WITH.items() if not may(permission))


def unlisted_forms(may: Callable[[Permission], bool]) -> tuple[str, ...]:
    """The forms of which somebody with these permissions does not learn that one was issued or printed."""
    return () if may(Permission.PRINT_RECORDS) else closed_forms(may)
