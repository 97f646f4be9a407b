"""How one application stands: its form, its household, its files, and whether it was taken in before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid5

from desktop.domain import online_applications as rules
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ledger import AskCancelled
from desktop.domain.online_applications import (
    Application,
    ApplicationLine,
    ApplicationMapping,
    LookedFile,
    Standing,
    TakenApplication,
    is_plain_name,
)
from desktop.services.attachments import AttachmentService
from desktop.services.attachments.taking import read_plain_file
from desktop.services.ledger_import.mapping import normal
from desktop.services.online_applications.knowing import FoundHousehold, Known

_STOPPED = "中止しました。何も取り込んでいません。"
_OTHER_KIND = "対応表の種類はいまの設定値にありません。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Judges applications of one list. `folder` is where their files lie."""

    mapping: ApplicationMapping
    known: Known
    folder: Path
    attachments: AttachmentService
    cancelled: AskCancelled

    def line(
        self, application: Application, chosen: FoundHousehold | None = None
    ) -> ApplicationLine:
        """How the application stands; `chosen` is the household that a person chose for it."""
        line = ApplicationLine(
            application=application, standing=Standing.NEW, case_number=application.case_number
        )
        before = self.known.taken.get(application.number)
        if application.faults:
            return replace(line, standing=Standing.FAULTY, sentence=" ".join(application.faults))
        if before is not None:
            return self._taken(line, before)
        line = self._with_kind(line)
        if line.standing is not Standing.NEW:
            return line
        line = _with_chosen(line, chosen) if chosen else self._with_household(line)
        return self._with_files(line) if line.standing is Standing.NEW else line

    def _taken(self, line: ApplicationLine, before: TakenApplication) -> ApplicationLine:
        """Taken in before: nothing is left, or those files that did not come through."""
        looked = self._with_files(replace(line, label=before.label))
        if looked.standing is not Standing.NEW:
            return looked
        left = [f for f in looked.files if key_of(before.paper_id, f) not in before.attachment_ids]
        return replace(
            looked,
            standing=Standing.REST if left else Standing.TAKEN,
            sentence=f"受領番号 {before.label}" + (f"、残り{len(left)}件" if left else ""),
        )

    def _with_kind(self, line: ApplicationLine) -> ApplicationLine:
        form = line.application.form
        kind = self.mapping.kinds.get(normal(form), "")
        if kind in self.known.kinds:
            return replace(line, kind=kind, kind_label=self.known.kinds[kind])
        sentence = f"「{form}」" + (_OTHER_KIND if kind else "") if form else rules.NO_KIND
        return replace(line, standing=Standing.UNKNOWN_FORM, sentence=sentence)

    def _with_household(self, line: ApplicationLine) -> ApplicationLine:
        found = self._households(line.application)
        if len(found) == 1:
            return _with(line, found[0])
        numbers = line.application.case_number or line.application.person_number
        sentence = rules.NOT_ONE if found else (rules.NOT_FOUND if numbers else rules.NO_CASE)
        return replace(line, standing=Standing.NO_HOUSEHOLD, sentence=sentence)

    def _households(self, application: Application) -> list[FoundHousehold]:
        """The households that the numbers lead to: two, where they do not agree."""
        found: dict[UUID, FoundHousehold] = {}
        case = self.known.by_case.get(application.case_number)
        if application.case_number and case is None:
            return []
        if case is not None:
            found[case.household_id] = case
        for household_id in self.known.by_person.get(application.person_number, ()):
            found[household_id] = self.known.households[household_id]
        return list(found.values())

    def _with_files(self, line: ApplicationLine) -> ApplicationLine:
        looked: list[LookedFile] = []
        for name in line.application.files:
            if self.cancelled():
                raise UserError(_STOPPED)
            try:
                looked.append(self._file(name))
            except FileNotFoundError:
                sentence = f"「{name}」{rules.NO_FILE}"
                return replace(line, standing=Standing.NO_FILE, sentence=sentence)
            except ValidationError as error:
                if self.cancelled():
                    raise UserError(_STOPPED) from None
                sentence = f"「{name}」{error.sentence}"
                return replace(line, standing=Standing.REFUSED_FILE, sentence=sentence)
        return replace(line, files=tuple(looked))

    def _file(self, name: str) -> LookedFile:
        data = file_bytes(self.folder, name)
        self.attachments.inspect(data, name, cancelled=self.cancelled)
        return LookedFile(name=name, sha256=hashlib.sha256(data).hexdigest())


def file_bytes(folder: Path, name: str) -> bytes:
    """A file of the export's own folder. FileNotFoundError where there is none, ValidationError for what is no plain file."""
    if not is_plain_name(name):
        raise ValidationError(file=rules.OUTSIDE)
    path = folder / name
    try:
        path.lstat()
    except (OSError, ValueError):
        raise FileNotFoundError(name) from None
    try:
        return read_plain_file(path)
    except UserError as error:
        raise ValidationError(file=error.sentence) from None


def key_of(paper_id: UUID, file: LookedFile) -> UUID:
    """The id under which a file is attached: the same file of the same application is attached once."""
    return uuid5(paper_id, f"{file.name}|{file.sha256}")


def _with_chosen(line: ApplicationLine, household: FoundHousehold) -> ApplicationLine:
    return replace(_with(line, household), is_chosen=True)


def _with(line: ApplicationLine, household: FoundHousehold) -> ApplicationLine:
    return replace(
        line,
        household_id=household.household_id,
        case_number=household.case_number,
        head_name=household.head_name,
    )
