"""What was ticked while a record is written (チェック→文), and how it reads before it goes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.labels import SEGMENT
from desktop.domain.records import SegmentKind
from desktop.domain.tick_reading import put_in, reader_of
from desktop.domain.tick_sentences import is_complete, sentences, sources_of
from desktop.domain.ticks import Tick, TickSheet, TickSubject
from desktop.domain.visit_questions import asked, said_in, speaks_of
from desktop.viewmodels.columns import Column

NOT_CONFIRMED = "未確認"
SPOKEN_OF = "文にあり"
_OPEN = "●"
_OTHERS = "ほかの世帯類型"


@dataclass(frozen=True, slots=True, kw_only=True)
class TickRow:
    """A subject and what was ticked about it; `is_waiting` while its detail is missing, `is_open` while nothing is said of what should be confirmed."""

    subject: TickSubject
    answer: str = ""
    source: str = ""
    is_waiting: bool = False
    is_open: bool = False


class TickBoard:
    """The ticks of one entry. Subjects of the household's type and place are offered, all of them when asked for."""

    def __init__(self, sheet: TickSheet) -> None:
        self.sheet = sheet
        self.reader = reader_of(sheet)
        self.shows_all = False
        self.is_visit = False
        self._groups: frozenset[str] = frozenset()
        self._texts: Mapping[SegmentKind, str] = {}
        self._said = ""
        self._ticks: dict[str, Tick] = {}

    def begin(
        self, texts: Mapping[SegmentKind, str], groups: frozenset[str], *, is_visit: bool
    ) -> None:
        """Begin with what the entry's sentences say already. Only a visit has to confirm what is asked."""
        self.is_visit = is_visit
        self._texts, self._groups = dict(texts), groups
        self._said = said_in(texts.values())
        self._ticks = {
            tick.subject: tick for said in self.reader.read(texts) for tick in said.ticks
        }

    def subjects(self) -> tuple[TickSubject, ...]:
        """What is offered: whatever was ticked stays in sight."""
        return tuple(
            subject
            for subject in self.sheet.subjects
            if self.shows_all or subject.code in self._ticks or subject.is_for(self._groups)
        )

    def rows(self) -> tuple[TickRow, ...]:
        """The offered subjects with their ticks."""
        left = frozenset(subject.code for subject in self.rest())
        return tuple(self._row(subject, left) for subject in self.subjects())

    def tick_of(self, subject: TickSubject) -> Tick | None:
        """What was ticked about a subject."""
        return self._ticks.get(subject.code)

    def choose(self, subject: TickSubject, digit: int) -> bool:
        """Tick the answer of a digit, 0 for 未確認; False where there is none. The same again takes the tick away."""
        if digit > len(subject.answers):
            return False
        answer = digit - 1 if digit else None
        before = self._ticks.get(subject.code)
        if before is not None and before.answer == answer:
            self.clear(subject)
            return True
        source = before.source if before is not None and before.source else subject.source
        self._ticks[subject.code] = Tick(
            subject=subject.code, answer=answer, source=source if answer is not None else ""
        )
        return True

    def clear(self, subject: TickSubject) -> None:
        """Nothing is said about it."""
        self._ticks.pop(subject.code, None)

    def leave_rest(self) -> None:
        """Say of everything that should be confirmed and is not spoken of that it was not."""
        for subject in self.rest():
            self._ticks[subject.code] = Tick(subject=subject.code, answer=None)

    def rest(self) -> tuple[TickSubject, ...]:
        """What the visit should confirm and is neither ticked nor spoken of."""
        return tuple(
            subject
            for subject in asked(self.sheet.subjects, self._groups)
            if self.is_visit
            and subject.code not in self._ticks
            and not speaks_of(self._said, subject)
        )

    def say_source(self, subject: TickSubject, key: str) -> bool:
        """Give the tick the source of this letter; False where there is no such source or nothing to say it of."""
        source = next((s for s in self.sheet.sources if s.key == key.upper()), None)
        tick = self._ticks.get(subject.code)
        if source is None or tick is None or tick.answer is None:
            return False
        self._ticks[subject.code] = replace(tick, source=source.code)
        return True

    def say_detail(self, subject: TickSubject, detail: str) -> None:
        """What has to be typed for the answer."""
        tick = self._ticks.get(subject.code)
        if tick is not None:
            self._ticks[subject.code] = replace(tick, detail=detail.strip())

    def detail_asked(self, subject: TickSubject) -> str:
        """The name of the detail that the ticked answer asks for."""
        tick = self._ticks.get(subject.code)
        if tick is None or tick.answer is None:
            return ""
        return subject.answers[tick.answer].detail

    def preview(self) -> str:
        """The sentences as they will stand, part by part; then what is missing."""
        said = sentences(self.sheet, self._ticks.values())
        lines = [f"【{SEGMENT[sentence.segment]}】{sentence.text}" for sentence in said]
        waiting = [row.subject.label for row in self.rows() if row.is_waiting]
        if waiting:
            lines.append(f"書き込むことばを待っています：{'、'.join(waiting)}")
        return "\n".join(lines)

    def result(self) -> dict[SegmentKind, str]:
        """The parts of the entry that change when the sentences go in."""
        return put_in(self.reader, self._texts, self._ticks.values())

    def sources(self) -> str:
        """What 事実の出所 has to say."""
        return "、".join(sources_of(self.sheet, sentences(self.sheet, self._ticks.values())))

    def has_ticks(self) -> bool:
        """Whether anything is ticked."""
        return bool(self._ticks)

    def _unticked(self, subject: TickSubject, *, is_open: bool) -> TickRow:
        """A row that says why nothing has to be ticked, where nothing has."""
        if is_open:
            return TickRow(subject=subject, is_open=True)
        if speaks_of(self._said, subject):
            return TickRow(subject=subject, source=SPOKEN_OF)
        if not subject.is_for(self._groups):
            return TickRow(subject=subject, source=_OTHERS)
        return TickRow(subject=subject)

    def _row(self, subject: TickSubject, left: frozenset[str]) -> TickRow:
        tick = self._ticks.get(subject.code)
        if tick is None:
            return self._unticked(subject, is_open=subject.code in left)
        if tick.answer is None:
            return TickRow(subject=subject, answer=NOT_CONFIRMED)
        answer, source = subject.answers[tick.answer], self.sheet.source(tick.source)
        detail = f"（{tick.detail or answer.detail}）" if answer.detail else ""
        return TickRow(
            subject=subject,
            answer=f"{answer.label}{detail}",
            source=source.label if source is not None else "",
            is_waiting=not is_complete(self.sheet, tick),
        )


def tick_columns() -> Sequence[Column[TickRow]]:
    """The list of subjects."""
    return (
        Column(header="項目", text=lambda row: row.subject.label),
        Column(header="残り", text=lambda row: _OPEN if row.is_open else ""),
        Column(
            header="チェック",
            text=lambda row: row.answer,
            tone=lambda row: "warning" if row.is_waiting else None,
        ),
        Column(header="出所", text=lambda row: row.source, tone=lambda _: "muted"),
    )
