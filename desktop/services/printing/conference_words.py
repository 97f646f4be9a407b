"""What a conference's papers say, made of what was read: matters in short (S-02), minutes (K-14), lines of the register (S-34)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.domain.assessment_forms import (
    AssessedPerson,
    Assessment,
    AssessmentsOfFile,
    DecidedGroup,
    reason_facts,
)
from desktop.domain.assessment_sheets import SheetPerson
from desktop.domain.assessments import ASSESSMENT_KIND, COMMENT, HEALTH_SOURCE, Health
from desktop.domain.conference_boards import MatterRow, Minutes
from desktop.domain.conference_sheets import (
    ConferenceHead,
    MatterSheet,
    MedicalLine,
    MinutedMatter,
    Proposed,
    RegisterLine,
    UnchangedLine,
)
from desktop.domain.conferences import CONFERENCE_KIND, ConferenceRow, MatterKind
from desktop.domain.households import Identity
from desktop.domain.imprint import Imprint
from desktop.domain.support_group_lists import GroupRegister, RegisterRow, UnchangedReport
from desktop.domain.support_groups import DECIDED_BY, FLAG, SupportGroup
from desktop.services.printing.assessments import anchored, barrier_lines, sheet_person

Labels = Mapping[SupportGroup, str]
_UNDECIDED = "まだ決まっていません。"
_DECIDED_BEFORE = "まだ決まった区分はありません。"


def head(meeting: ConferenceRow) -> ConferenceHead:
    """Which meeting it is."""
    return ConferenceHead(
        kind=CONFERENCE_KIND[meeting.kind],
        planned_on=meeting.planned_on,
        held_on=meeting.held_on,
        place=meeting.place,
    )


def members(meeting: ConferenceRow) -> Iterator[str]:
    """Who took part, with the role in brackets."""
    for member in meeting.members:
        yield f"{member.name}（{member.role}）" if member.role else member.name


def matter_sheet(
    imprint: Imprint,
    meeting: ConferenceRow,
    number: int,
    row: MatterRow,
    bar: Identity,
    file: AssessmentsOfFile,
) -> MatterSheet:
    """One matter in short."""
    person = _person(row, file)
    assessment = _asked(row, person)
    given = None if assessment is None else assessment.given
    labels = _labels(file)
    made = f"{imprint.day(given.made_on)}（{ASSESSMENT_KIND[given.kind]}）" if given else ""
    comment = "" if given is None else COMMENT[given.comment]
    shown_on = imprint.day(given.comment_on) if given and given.comment_on else ""
    return MatterSheet(
        imprint=imprint,
        conference=head(meeting),
        number=number,
        person=_who(row, person, bar, meeting),
        kind=row.label,
        assessed=_joined("　", made, assessment.author if assessment else ""),
        proposed=None if assessment is None else _proposed(assessment),
        flags="、".join(FLAG[flag] for flag in person.flags) if person else "",
        standing=_standing(imprint, person.present if person else None, labels),
        work=_joined("　", _label(assessment, "work"), given.job if given else ""),
        medical=tuple(_medical(person)),
        barriers=tuple(barrier_lines(assessment, is_whole=False)) if assessment else (),
        motivation=_motivation(imprint, assessment),
        drive=_label(assessment, "drive"),
        wishes=given.wishes if given else "",
        comment=_joined(
            "　",
            comment,
            f"{shown_on}に示した" if shown_on else "",
            given.comment_words if given else "",
        ),
        view=given.view if given else "",
        is_held=assessment is not None and assessment.is_held,
        is_disputed=given is not None and given.is_disputed,
        options=tuple(_words(group, labels) for group in labels)
        if row.kind is MatterKind.SUPPORT_GROUP
        else (),
    )


def minuted(
    number: int, row: MatterRow, bar: Identity, file: AssessmentsOfFile, minutes: Minutes | None
) -> MinutedMatter:
    """One matter of the minutes."""
    person = _person(row, file)
    labels = _labels(file)
    decided = _decision(row, person)
    is_group = row.kind is MatterKind.SUPPORT_GROUP
    return MinutedMatter(
        number=number,
        person=_who(row, person, bar, None),
        kind=row.label,
        papers=minutes.papers if minutes else "",
        discussion=minutes.discussion if minutes else "",
        persons_view=minutes.persons_view if minutes else "",
        dissent=minutes.dissent if minutes else "",
        written_by=minutes.written_by if minutes else "",
        proposed=_words(row.proposed, labels) if is_group and row.proposed else "",
        decided=_words(row.decided, labels) if row.decided else _UNDECIDED if is_group else "",
        is_different=row.decided is not None and row.decided is not row.proposed,
        reason=decided.reason if decided else "",
        decided_by=decided.decided_by if decided else "",
        next_review_on=decided.next_review_on if decided else None,
    )


def unchanged(report: UnchangedReport) -> Iterator[UnchangedLine]:
    """What was decided from the list meanwhile."""
    for row in report.rows:
        yield UnchangedLine(
            case_number=row.case_number,
            name=row.name,
            group=_words(row.group, report.labels),
            decided_on=row.decided_on,
            decided_by=row.decided_by,
            next_review_on=row.next_review_on,
        )


def register_line(row: RegisterRow, found: GroupRegister) -> RegisterLine:
    """One line of the register."""
    return RegisterLine(
        due_on=row.due_on,
        is_overdue=row.is_overdue(found.on),
        case_number=row.case_number,
        name=row.name,
        district=row.district,
        group=_words(row.group, found.labels),
        how=DECIDED_BY[row.how],
        effective_from=row.effective_from,
        expires_on=row.expires_on,
        assessed_on=row.assessed_on,
    )


def _proposed(assessment: Assessment) -> Proposed:
    """The proposal in the words of its version; no sensitive barrier is named in its reason."""
    found, tables = assessment.proposal, assessment.tables
    labels = {group: kind.label for group, kind in tables.groups.items()}
    return Proposed(
        group=_words(found.group, labels),
        rule=found.rule.code,
        valid_from=found.valid_from,
        reason=found.reason(reason_facts(assessment.given, tables, shows_sensitive=False)),
        unknown="、".join(found.unknown),
        also="、".join(f"{_words(rule.group, labels)}（{rule.code}）" for rule in found.also),
    )


def _medical(person: AssessedPerson | None) -> Iterator[MedicalLine]:
    """What was heard of the person's health, the newest first, each word once."""
    seen: set[tuple[object, ...]] = set()
    for each in person.all_assessments if person else ():
        given = each.given
        key = (given.health_source, given.health_on, given.health, given.health_words)
        if key in seen or (given.health is Health.UNKNOWN and not given.health_words):
            continue
        seen.add(key)
        yield MedicalLine(
            source=HEALTH_SOURCE[given.health_source] if given.health_source else "",
            seen_on=given.health_on,
            answer=each.tables.label(given.health),
            words=given.health_words,
            rejudge_on=given.rejudge_on,
        )


def _standing(imprint: Imprint, present: DecidedGroup | None, labels: Labels) -> str:
    if present is None:
        return _DECIDED_BEFORE
    until = f"　期限 {imprint.day(present.expires_on)}" if present.expires_on else ""
    since = f"{present.how}、{imprint.day(present.effective_from)}から"
    review = f"見直し {imprint.day(present.next_review_on)}"
    return f"{_words(present.group, labels)}（{since}）　{review}{until}"


def _motivation(imprint: Imprint, assessment: Assessment | None) -> str:
    if assessment is None:
        return ""
    given = assessment.given
    heard = imprint.day(given.motivation_on)
    return _joined("　", anchored(assessment, given.motivation), heard, given.motivation_words)


def _label(assessment: Assessment | None, answer: str) -> str:
    if assessment is None:
        return ""
    return assessment.tables.label(getattr(assessment.answers, answer))


def _person(row: MatterRow, file: AssessmentsOfFile) -> AssessedPerson | None:
    """The person of a matter; None where somebody has left the household since."""
    return next((p for p in file.people if p.person_id == row.person_id), None)


def _asked(row: MatterRow, person: AssessedPerson | None) -> Assessment | None:
    every = person.all_assessments if person else ()
    return next((a for a in every if a.given.assessment_id == row.assessment_id), None)


def _decision(row: MatterRow, person: AssessedPerson | None) -> DecidedGroup | None:
    groups = person.groups if person else ()
    return next((group for group in groups if group.matter_id == row.matter_id), None)


def _who(
    row: MatterRow, person: AssessedPerson | None, bar: Identity, meeting: ConferenceRow | None
) -> SheetPerson:
    if person is not None and meeting is not None:
        return sheet_person(person, bar, meeting.planned_on)
    return SheetPerson(
        case_number=row.case_number,
        district=f"{bar.district_code}　{bar.district_name}",
        name=row.name,
        birth_date=person.birth_date if person else None,
        age=None,
    )


def _labels(file: AssessmentsOfFile) -> Labels:
    return {group: kind.label for group, kind in file.tables.groups.items()}


def _words(group: SupportGroup, labels: Labels) -> str:
    return f"{group} {labels.get(group, '')}".strip()


def _joined(between: str, *texts: str) -> str:
    return between.join(filter(None, texts))
