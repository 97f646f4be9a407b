"""Issued forms (発行済帳票): which forms are issued, by whom, and what the register says of each.

An issue has a number of the office's register of its fiscal year, and keeps the exact PDF: a reprint is the stored
bytes. What changes later is a new issue with a new number; a wrong one is made void (失効) and stays. Drafts (案) and
copies (写) are never issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.issue_rules import IssueRule
from desktop.domain.papers import number_label

#: An issued PDF is at most so large (20 MB).
MOST_BYTES = 20 * 1024 * 1024
#: More pages than this are a mistake.
MOST_PAGES = 9999
#: One form names at most so many entries.
MOST_SUBJECTS = 1000
#: Most characters of an edition, of the addressee, and of the reason why an issue is void.
MOST_EDITION = 40
MOST_RECIPIENT = 200
MOST_REASON = 1000
#: A hash as it is written down.
SHA256 = re.compile("[0-9a-f]{64}")
#: How a PDF begins.
PDF_START = b"%PDF-"
#: Lines of one page of the register, and forms that one run takes up again.
MOST_LINES = 200
MOST_REPRINTED = 1000

NOT_A_FORM = "この帳票は発行の対象ではありません。「案」か「写」で印刷してください。"
NOT_YOURS = "この世帯は見つからないか、担当する世帯ではありません。"
NOT_YOUR_FORM = "この帳票を発行できるのは記録・庶務職員だけです。"
NOT_ALLOWED = "この操作はあなたの職務では認められていません。"
BAD_SUBJECT = "発行するものを選び直してください。この世帯のものでないか、件数が合いません。"
NOT_ISSUED = "先に文書を発行してください（発行番号が付きます）。渡すのは、発行した文書です。"
NOT_READY = "この文書はまだ発行できません。決裁・教示・安全の確認を確かめてください。"
NOT_APPROVED = "決裁された版だけを発行できます。最新の状態を確認してください。"
BAD_EDITION = "帳票の版がありません。システム担当者に連絡してください。"
BAD_RECIPIENT = f"宛先は{MOST_RECIPIENT}字までにしてください。"
NOT_A_PDF = "発行する中身がPDFではありません。システム担当者に連絡してください。"
TOO_LARGE = "20MBを超える帳票は発行できません。記録を分けて発行してください。"
BAD_PAGES = "発行する頁がありません。システム担当者に連絡してください。"
OTHER_ID = "同じ発行が先に別の内容で記録されています。画面を更新してください。"
NO_ISSUE = "この発行済帳票は見つからないか、担当する世帯のものではありません。"
NO_REASON = "失効とする理由を入力してください。"
TOO_LONG = "文字が多すぎます。短くしてください。"
VOID = "失効した帳票は再発行できません。内容を見ることはできます。"
IS_VOID = "この帳票はすでに失効しています。"
OTHER_RUN = "印刷の記録は、自分の名前で、印刷した帳票のとおりに残ります。"
OTHER_BYTES = "印刷したものが、保存されている帳票と違います。登録簿から印刷し直してください。"
TOO_MANY = f"一度に扱えるのは{MOST_REPRINTED:,}件までです。分けて選んでください。"
DAMAGED = (
    "保存されている帳票が、発行したときのものと一致しません。印刷せずに、"
    "発行番号をシステム担当者に伝えて、監査の検証を依頼してください。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a form is of; `version` is the approved one where the form takes that."""

    subject_id: UUID
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRequest:
    """A form to be issued. `issued_id` is the client's, so that a retry stores once; `recipient` is for whom it is."""

    issued_id: UUID
    household_id: UUID
    form_code: str
    edition: str
    subjects: tuple[Subject, ...] = ()
    recipient: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStamp:
    """What the server gave to an issue and is printed on it: number, instant, mark, and who issues."""

    fiscal_year: int
    number: int
    issued_at: datetime
    mark: FormMark
    issued_by: str = field(repr=False)

    @property
    def label(self) -> str:
        """The number as the office writes it."""
        return number_label(self.fiscal_year, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterIssue:
    """That a letter about a row went out: on which day first, and under which number."""

    on: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """A number that was taken; `is_stored` where an earlier try of the same issue had arrived after all."""

    fiscal_year: int
    number: int
    issued_at: datetime
    is_stored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRun:
    """A print run of issued forms; COPY is a reprint of the stored bytes."""

    batch_id: UUID
    issued_ids: tuple[UUID, ...]
    mark: FormMark
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was drawn for an issue."""

    pages: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedForm:
    """An issue as the register has it: facts, and of names only those of the directory.

    `subject_ids` are what it is of; `replaces` and `replaced_by` the numbers of the issues before and after it.
    """

    issued_id: UUID
    household_id: UUID
    case_number: str
    form_code: str
    edition: str
    fiscal_year: int
    number: int
    mark: FormMark
    pages: int
    size: int
    sha256: str
    issued_at: datetime
    issued_by_id: UUID
    voided_at: datetime | None
    subject_ids: tuple[UUID, ...]
    head_name: str = field(repr=False)
    issued_by: str = field(repr=False)
    voided_by: str = field(default="", repr=False)
    replaces: str = ""
    replaced_by: str = ""

    @property
    def label(self) -> str:
        """The number as the office writes it."""
        return number_label(self.fiscal_year, self.number)

    @property
    def is_void(self) -> bool:
        """Whether it was made void (失効)."""
        return self.voided_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedFile:
    """A stored form that was read under a ticket: the bytes as they were issued."""

    form: IssuedForm
    recipient: str = field(repr=False)
    data: bytes = field(repr=False)
    void_reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """An issue that is stored, with its bytes. `is_new` is false where an earlier try had arrived after all."""

    issued_id: UUID
    stamp: IssueStamp
    pages: int
    sha256: str
    is_new: bool
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterQuery:
    """Which issues are asked for; empty fields ask for all. Days are the office's, both inclusive.

    `number` is an issue number as people write it (6-0123); `before` asks for those older than this number.
    """

    number: str = ""
    case_number: str = ""
    form_code: str = ""
    issued_from: date | None = None
    issued_to: date | None = None
    issued_by: UUID | None = None
    household_id: UUID | None = None
    subject_id: UUID | None = None
    before: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One page of the register, newest first; `next_before` asks for the next one, None on the last."""

    lines: tuple[IssuedForm, ...]
    next_before: tuple[int, int] | None


def kept_words(request: IssueRequest) -> dict[str, str]:
    """The words of a request that cannot be taken, by field; nothing where all is well."""
    found = {}
    if not 1 <= len(request.edition.strip()) <= MOST_EDITION:
        found["edition"] = BAD_EDITION
    if len(request.recipient.strip()) > MOST_RECIPIENT:
        found["recipient"] = BAD_RECIPIENT
    return found


def refusal_of(drawn: Drawn) -> str:
    """Why what was drawn is not stored; "" where it is."""
    if not drawn.data.startswith(PDF_START):
        return NOT_A_PDF
    if len(drawn.data) > MOST_BYTES:
        return TOO_LARGE
    return "" if 1 <= drawn.pages <= MOST_PAGES else BAD_PAGES


def fits(rule: IssueRule, subjects: Iterable[Subject]) -> bool:
    """Whether these can be the subjects of such a form: how many, each once, and with a version where it takes one."""
    given = tuple(subjects)
    if not rule.subject:
        return not given
    once = len({s.subject_id for s in given}) == len(given)
    versions = all((s.version is not None) == rule.is_approved for s in given)
    return once and versions and 1 <= len(given) <= MOST_SUBJECTS
