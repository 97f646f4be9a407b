"""Use cases of taking in applications made online (電子申請の取込): look first, then take in one by one."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from desktop.database import applying
from desktop.database.applying import NewApplication
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain import online_applications as rules
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, UnavailableError, UserError
from desktop.domain.ids import new_id
from desktop.domain.ledger import AskCancelled, ReportProgress
from desktop.domain.office import SignedInStaff
from desktop.domain.online_applications import (
    READY,
    Application,
    ApplicationLine,
    ApplicationMapping,
    ApplicationReport,
    Standing,
    TakenApplication,
    note_of,
)
from desktop.domain.papers import NO_HOUSEHOLD, PaperInput
from desktop.domain.roles import Permission
from desktop.services.attachments import AttachmentService
from desktop.services.online_applications.knowing import (
    households_of,
    is_training_office,
    know,
)
from desktop.services.online_applications.left_list import write_left
from desktop.services.online_applications.looking import Judge, file_bytes, key_of
from desktop.services.online_applications.mapping import load_application_mapping
from desktop.services.online_applications.reading import read_applications
from desktop.services.permission import needs

logger = logging.getLogger(__name__)

_LOOKING = "申請を確かめています"
_TAKING = "申請を取り込んでいます"
_STOPPED = "中止しました。何も取り込んでいません。"


def _no_progress(_done: int, _total: int, _what: str) -> None:
    """Nobody watches."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class OnlineApplicationService:
    """The signed-in person takes an export in: each application is a received paper of its own transaction."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    attachments: AttachmentService

    @needs(Permission.RECEIVE_PAPERS)
    def preview(
        self,
        path: Path,
        mapping: Path,
        progress: ReportProgress = _no_progress,
        cancelled: AskCancelled = _never,
    ) -> ApplicationReport:
        """Say what would become of each application, with its files looked into; nothing is stored.

        Raises UserError for what is no such list, or when stopped.
        """

        def ask() -> None:
            if cancelled():
                raise UserError(_STOPPED)

        table = load_application_mapping(mapping)
        found = read_applications(path, table, self.clock.today(), ask)
        self._refuse_other_world(is_training=found.is_training)
        judge = self._judge(table, path, found.applications, cancelled)
        lines = []
        for done, application in enumerate(found.applications):
            ask()
            progress(done, len(found.applications), _LOOKING)
            lines.append(judge.line(application))
        return ApplicationReport(
            path=path,
            mapping=mapping,
            digest=_digest(found.sha256, mapping),
            source=table.source,
            is_training=found.is_training,
            applied=False,
            lines=tuple(lines),
        )

    @needs(Permission.RECEIVE_PAPERS)
    def choose(
        self,
        report: ApplicationReport,
        place: int,
        household_id: UUID,
        cancelled: AskCancelled = _never,
    ) -> ApplicationReport:
        """Take the household that a person chose for an application whose household was not found."""
        line = next(each for each in report.lines if each.place == place)
        if line.standing is not Standing.NO_HOUSEHOLD and not line.is_chosen:
            return report
        with self.work() as session:
            chosen = next(households_of(session, self.staff, [household_id]), None)
        if chosen is None:
            raise NotPermittedError(NO_HOUSEHOLD)
        table = load_application_mapping(report.mapping)
        judge = self._judge(table, report.path, (line.application,), cancelled)
        return _replaced(report, judge.line(line.application, chosen))

    @needs(Permission.RECEIVE_PAPERS)
    def run(
        self,
        report: ApplicationReport,
        progress: ReportProgress = _no_progress,
        cancelled: AskCancelled = _never,
    ) -> ApplicationReport:
        """Take in what was looked at and is ready, one by one; what is not taken in stays in the report with the reason.

        Raises UserError where list or mapping are not those that were looked at.
        """
        table = load_application_mapping(report.mapping)
        self._refuse_other_world(is_training=report.is_training)
        now = read_applications(report.path, table, self.clock.today(), lambda: None)
        if _digest(now.sha256, report.mapping) != report.digest:
            raise UserError(rules.CHANGED)
        lines = tuple(self._taken_in(report, table, progress, cancelled))
        done = replace(report, applied=True, lines=lines)
        logger.info(
            "online applications taken_in=%d left=%d", done.count(Standing.DONE), len(done.left)
        )
        return done

    @needs(Permission.RECEIVE_PAPERS)
    def save_left(self, report: ApplicationReport, out: Path) -> int:
        """Write what is not taken in as a list (CSV for a spreadsheet); how many they are."""
        return write_left(report, out)

    def _taken_in(
        self,
        report: ApplicationReport,
        table: ApplicationMapping,
        progress: ReportProgress,
        cancelled: AskCancelled,
    ) -> Iterator[ApplicationLine]:
        """Each line as it stands afterwards. Once the person stops or the server is gone, the rest is left."""
        why_not = ""
        for done, line in enumerate(report.lines):
            progress(done, len(report.lines), _TAKING)
            if line.standing not in READY:
                yield line
                continue
            if cancelled():
                why_not = why_not or rules.STOPPED_BEFORE
            if why_not:
                yield replace(line, standing=Standing.STOPPED, sentence=why_not)
                continue
            try:
                yield self._take_in(report, table, line, cancelled)
            except UnavailableError as error:
                why_not = error.sentence
                yield replace(line, standing=Standing.STOPPED, sentence=why_not)
            except UserError as error:
                yield replace(line, standing=Standing.FAILED, sentence=error.sentence)

    def _take_in(
        self,
        report: ApplicationReport,
        table: ApplicationMapping,
        line: ApplicationLine,
        cancelled: AskCancelled,
    ) -> ApplicationLine:
        """The paper first, with its number; then its files. Stopped in between, the next run brings the rest."""
        folder = report.path.parent
        for file in line.files:  # all are as they were looked at, or nothing is taken in
            _unchanged(folder, file.name, file.sha256)
        paper = self._paper(table, line)
        line = replace(line, label=paper.label, sentence=f"受領番号 {paper.label}")
        try:
            self._attach(paper, line, folder, cancelled)
        except UnavailableError:
            raise
        except UserError as error:
            sentence = rules.half_done(paper.label, error.sentence)
            return replace(line, standing=Standing.FAILED, sentence=sentence)
        return replace(line, standing=Standing.DONE)

    def _attach(
        self, paper: TakenApplication, line: ApplicationLine, folder: Path, cancelled: AskCancelled
    ) -> None:
        """Attach those files that the paper does not have."""
        for file in line.files:
            key = key_of(paper.paper_id, file)
            if key not in paper.attachment_ids:
                data = _unchanged(folder, file.name, file.sha256)
                self.attachments.attach(
                    paper.paper_id, data, file.name, attachment_id=key, cancelled=cancelled
                )

    def _paper(self, table: ApplicationMapping, line: ApplicationLine) -> TakenApplication:
        application = line.application
        with self.work() as session:
            if line.household_id is not None:
                applying.receive(
                    session,
                    self.staff,
                    _new(table, line, line.household_id),
                    self.clock.now(),
                    is_known_kind=bool(line.kind),
                )
            found = applying.taken(session, self.staff, table.source, [application.number])
        if application.number not in found:
            raise ConflictError(rules.CHANGED)
        return found[application.number]

    def _judge(
        self,
        table: ApplicationMapping,
        path: Path,
        applications: tuple[Application, ...],
        cancelled: AskCancelled,
    ) -> Judge:
        with self.work() as session:
            known = know(session, self.staff, table.source, applications, self.clock.today())
        return Judge(
            mapping=table,
            known=known,
            folder=path.parent,
            attachments=self.attachments,
            cancelled=cancelled,
        )

    def _refuse_other_world(self, *, is_training: bool) -> None:
        """Invented applications and real offices never meet, nor the other way round."""
        with self.work() as session:
            is_training_here = is_training_office(session)
        if is_training_here and not is_training:
            raise UserError(rules.TRAINING_ONLY)
        if is_training and not is_training_here:
            raise UserError(rules.NOT_REAL)


def _new(table: ApplicationMapping, line: ApplicationLine, household_id: UUID) -> NewApplication:
    application = line.application
    return NewApplication(
        paper=PaperInput(
            paper_id=new_id(),
            household_id=household_id,
            kind=line.kind,
            sheets=application.sheets,
            from_whom=application.from_whom,
            note=note_of(application, table.name),
        ),
        source=table.source,
        number=application.number,
        sent_on=application.sent_on,
    )


def _unchanged(folder: Path, name: str, sha256: str) -> bytes:
    try:
        data = file_bytes(folder, name)
    except FileNotFoundError:
        raise UserError(f"「{name}」{rules.NO_FILE}") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UserError(f"「{name}」：{rules.FILE_CHANGED}")
    return data


def _digest(sha256: str, mapping: Path) -> str:
    """What was looked at: the list and the mapping."""
    try:
        return hashlib.sha256(sha256.encode() + mapping.read_bytes()).hexdigest()
    except OSError:
        raise UserError(rules.CHANGED) from None


def _replaced(report: ApplicationReport, line: ApplicationLine) -> ApplicationReport:
    lines = tuple(line if each.place == line.place else each for each in report.lines)
    return replace(report, lines=lines)
