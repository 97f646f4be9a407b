"""The rows of entries: those written here with all their parts, and those of the former system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from desktop.domain.records import EntryKind
from desktop.domain.wording import is_set_phrase_only
from desktop.services.training.approval_rows import ApprovalRows, Submitted
from desktop.services.training.cases import Case
from desktop.services.training.contacts import Meeting, meeting
from desktop.services.training.course import Course, Courses, Outcome
from desktop.services.training.days import OpenDays
from desktop.services.training.drafts import FACTS, WORDS, Draft
from desktop.services.training.ids import IdMaker
from desktop.services.training.measure import Measurer
from desktop.services.training.planted_texts import PlantedTexts
from desktop.services.training.policy_writer import Source
from desktop.services.training.printer import Printer
from desktop.services.training.rows import Rows
from desktop.services.training.staffing import Officer
from desktop.services.training.story import Event
from desktop.services.training.texts import Writer
from desktop.services.training.told import Told, content_hash
from desktop.services.training.visit_times import VisitTimes
from desktop.services.training.visit_truth import ToldMeeting
from desktop.services.training.writing_guard import WritingGuard

_MOST_TRIES = 12
#: The parts of an entry that a policy quotes.
_QUOTED = frozenset({FACTS, WORDS})
#: Old records carry an instant of the four hours from one in the afternoon.
_OLD_MINUTES = 240
_PROMISED, _KEPT_LONG_AGO, _KEPT_LATELY = 0.4, 0.985, 0.75
_STATES = {
    Outcome.DRAFT: "draft", Outcome.WAITING: "submitted", Outcome.HELD: "submitted",
    Outcome.RETURNED: "returned", Outcome.APPROVED: "approved",
}  # fmt: skip


class EntryRows:
    """Writes the entries of one household after another."""

    def __init__(
        self,
        *,
        rows: Rows,
        ids: IdMaker,
        office_id: str,
        days: OpenDays,
        writer: Writer,
        kinds: Mapping[str, EntryKind],
        approvals: ApprovalRows,
        planted: PlantedTexts,
        printer: Printer,
        guard: WritingGuard,
        measurer: Measurer,
    ) -> None:
        self._rows, self._ids, self._office = rows, ids, office_id
        self._days, self._today = days, days.today
        self._writer, self._kinds, self._approvals = writer, kinds, approvals
        self._planted, self._printer = planted, printer
        self._courses = Courses(days)
        self._measurer = measurer
        self._guard = guard
        self.entries = 0
        #: When everybody who writes was on a visit, so that nobody is at two doors at once.
        self._times = VisitTimes()
        #: The contacts of the last case.
        self.meetings: list[ToldMeeting] = []
        #: What a policy of the last case may quote, oldest first.
        self.sources: list[Source] = []

    def add(self, chance: Random, case: Case, events: list[Event]) -> None:
        """Write all entries of a case, oldest first."""
        self._writer.begin(chance, case)
        self.sources, self.meetings = [], []
        number = 0
        for event in events:
            self.entries += 1
            if event.day < self._days.taken_over and not event.plant:
                self._legacy(chance, case, event)
            else:
                number += self._written_here(chance, case, event, number + 1)

    def _legacy(self, chance: Random, case: Case, event: Event) -> None:
        text = self._writer.write_old(event)
        length, body_digest = self._measurer.digest(text)
        entry_id, day = self._ids(), event.day.isoformat()
        minute = int(chance.random() * _OLD_MINUTES)
        recorded = f"{day} {4 + minute // 60:02}:{minute % 60:02}:00.000000"
        self._rows.add(
            "entry", entry_id, self._office, case.id, None, None, event.kind, "legacy", "approved", "writing",
            day, recorded, recorded, None, 1, 1, recorded, "", 0, length, body_digest, 0,
            int(is_set_phrase_only(text)),
        )  # fmt: skip
        segment_id = self._ids()
        self._rows.add(
            "segment", entry_id, 1, segment_id, self._office, case.id, 0, "legacy", "", text
        )
        self._quotable(entry_id, 1, segment_id, event.day, text)
        author = case.district_on(event.day).author_on(event.day)
        self._rows.add("legacy_author", entry_id, self._office, case.id, author.name)

    def _written_here(self, chance: Random, case: Case, event: Event, number: int) -> int:
        """Write an entry with all its parts; 1 if it took a number of the file."""
        author = case.district_on(event.day).author_on(event.day)
        draft, sketch = self._distinct(event, author)
        contact = meeting(chance, case, event, draft, self._kinds)
        self._times.fit(author.id, event.day, contact)
        positions = self._approvals.route(case, author, event.kind)
        course = self._courses.of(chance, event, len(positions))
        advised_on = course.decided_on if course.is_instructed else None
        self.meetings.append(
            ToldMeeting(
                event.day,
                event.kind,
                contact,
                course.outcome is Outcome.DRAFT,
                author.id,
                advised_on if course.outcome is Outcome.APPROVED else None,
            )
        )
        entry_id, contact_id = self._ids(), self._contact(case, event, contact, author)
        told = Told(
            case=case,
            event=event,
            author=author,
            entry_id=entry_id,
            contact_id=contact_id,
            contact=contact,
            segments=[(self._ids(), kind, source, text) for kind, text, source in draft.segments],
            promises=self._promises(chance, case, event, entry_id, draft),
        )
        hash_ = content_hash(told)
        is_draft = course.outcome is Outcome.DRAFT
        length, body_digest = self._measurer.digest(draft.body)
        measures = (length, body_digest, sketch, int(is_set_phrase_only(draft.body)))
        self._entry(told, course, None if is_draft else number, hash_, measures)
        self._versions(told, course, hash_)
        if not is_draft:
            self._impacts(told, course)
            submitted = Submitted(entry_id, case, event, author, positions, course.version, hash_)
            self._approvals.add(chance, submitted, course)
        if course.outcome is Outcome.APPROVED:
            self._print(case, entry_id, course.version, course)
            for segment_id, kind, _, text in told.segments:
                if kind in _QUOTED:
                    known_on = course.decided_on or course.recorded_on
                    self._quotable(entry_id, course.version, segment_id, known_on, text)
        self._planted.note(case, event, course, length)
        return 0 if is_draft else 1

    def _impacts(self, told: Told, course: Course) -> None:
        """Whoever handed it in answered: no impact on the policy, unless that is planted."""
        plant = told.event.plant
        answer = "some" if plant and plant.rule == "P04" else "none"
        handed_in = [course.first_round[0]] if course.first_round else []
        for version, at in enumerate((*handed_in, course.submitted_at), start=1):
            self._rows.add(
                "policy_impact", self._ids(), self._office, told.entry_id, version, told.case.id, answer,
                told.author.id, at,
            )  # fmt: skip

    def _quotable(
        self, entry_id: str, version: int, segment_id: str, known_on: date, text: str
    ) -> None:
        self.sources.append(
            Source(
                entry_id=entry_id,
                version=version,
                segment_id=segment_id,
                known_on=known_on,
                text=text,
            )
        )

    def _entry(
        self,
        told: Told,
        course: Course,
        number: int | None,
        hash_: str,
        measures: tuple[int, str, int, int],
    ) -> None:
        event, approved = told.event, course.outcome is Outcome.APPROVED
        self._rows.add(
            "entry", told.entry_id, self._office, told.case.id, told.contact_id, number, event.kind, "office",
            _STATES[course.outcome], "writing", event.day.isoformat(), course.recorded_at,
            course.submitted_at if course.first_round else course.recorded_at, told.author.id, course.version,
            course.version if approved else None, course.stamps[-1] if approved else None, hash_, 0,
            *measures,
        )  # fmt: skip

    def _distinct(self, event: Event, author: Officer) -> tuple[Draft, int]:
        """A draft that does not look like what its author wrote lately, unless that is planted."""
        given, recent = self._planted.text(event), self._guard.concerns(event.day)
        draft = given or self._writer.write(event, reported=recent)
        sketch = self._measurer.sketch(draft.body)
        if recent:
            for attempt in range(_MOST_TRIES):
                if given or not self._guard.is_like_another(author.id, sketch):
                    break
                draft = self._writer.write(event, attempt // 3, reported=True)
                sketch = self._measurer.sketch(draft.body)
            self._guard.remember(author.id, sketch, is_given=given is not None)
        self._planted.keep(event, draft)
        return draft, sketch

    def _contact(self, case: Case, event: Event, contact: Meeting, author: Officer) -> str:
        contact_id = self._ids()
        self._rows.add(
            "contact", contact_id, self._office, case.id, event.day.isoformat(), contact.started_at,
            contact.ended_at, contact.method.value, contact.place.value, contact.result,
            int(contact.is_home_visit), int(contact.is_absence), int(contact.has_danger_signs),
        )  # fmt: skip
        self._rows.add("contact_staff", contact_id, author.id, self._office, case.id)
        for person_id, label in contact.met:
            self._rows.add(
                "contact_met", self._ids(), self._office, contact_id, case.id, person_id, label
            )
        return contact_id

    def _promises(
        self, chance: Random, case: Case, event: Event, entry_id: str, draft: Draft
    ) -> list[tuple[str, str, str, str]]:
        """Promise rows; returns (id, who, what, due) for the content."""
        if (
            not draft.promise
            or chance.random() >= _PROMISED
            or (event.plant and event.plant.rule == "R05")
        ):
            return []
        who, what = draft.promise.split("が", 1)
        due = event.day + timedelta(days=14 + int(chance.random() * 30))
        kept = None
        if due < self._today:
            is_long_ago = (self._today - due).days > 60
            if chance.random() < (_KEPT_LONG_AGO if is_long_ago else _KEPT_LATELY):
                kept = (due - timedelta(days=int(chance.random() * 6))).isoformat()
        promise_id, due_on = self._ids(), due.isoformat()
        self._rows.add("promise", promise_id, self._office, case.id, entry_id, due_on, kept, 1)
        named = "世帯主" if who == "主" else who
        self._rows.add("promise_text", promise_id, self._office, case.id, named, what)
        return [(promise_id, named, what, due_on)]

    def _versions(self, told: Told, course: Course, hash_: str) -> None:
        last, at = 1, course.recorded_at
        if course.first_round:
            # What was returned lacked its last part.
            before = replace(told, segments=told.segments[:-1])
            self._approvals.first_hash = content_hash(before)
            self._version(before, 1, at, self._approvals.first_hash)
            last, at = 2, course.submitted_at
        self._version(told, last, at, hash_)

    def _version(self, told: Told, version: int, at: str, hash_: str) -> None:
        entry_id, household = told.entry_id, told.case.id
        self._rows.add(
            "entry_version", entry_id, version, self._office, household, "writing", told.event.kind,
            told.contact_id, at, told.author.id, hash_,
        )  # fmt: skip
        for position, (segment_id, kind, source, text) in enumerate(told.segments):
            self._rows.add(
                "segment", entry_id, version, segment_id, self._office, household, position, kind, source, text,
            )  # fmt: skip

    def _print(self, case: Case, entry_id: str, version: int, course: Course) -> None:
        batch = self._printer.batch(course.stamps[-1])
        if batch:
            self._rows.add("printed_entry", batch, entry_id, version, self._office, case.id)
