"""The text of an entry before it becomes rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.domain.records import SegmentKind

SUBJECT, FACTS, WORDS, VIEW, ADVICE, AGREED, DECIDED, NEXT, NOT_CONFIRMED = (
    kind.value
    for kind in (
        SegmentKind.SUBJECT,
        SegmentKind.FACTS,
        SegmentKind.WORDS,
        SegmentKind.VIEW,
        SegmentKind.ADVICE,
        SegmentKind.AGREED,
        SegmentKind.DECIDED,
        SegmentKind.NEXT,
        SegmentKind.NOT_CONFIRMED,
    )
)
_PARAGRAPHS = ((FACTS, WORDS), (VIEW, ADVICE, AGREED), (DECIDED, NEXT))


@dataclass(slots=True)
class Draft:
    """The text of an entry: (code of the segment's kind, text, source) by position, and what somebody promised."""

    segments: list[tuple[str, str, str]] = field(default_factory=list)
    promise: str = ""

    @property
    def body(self) -> str:
        """What the radar measures: all but the subject."""
        return "\n".join([text for kind, text, _ in self.segments if kind != SUBJECT])

    def widen(self, more: str) -> None:
        """Add sentences to the facts."""
        for place, (kind, text, source) in enumerate(self.segments):
            if kind == FACTS:
                self.segments[place] = (kind, text + more, source)
                return

    def as_one_text(self) -> str:
        """The entry as the former system kept it: one text, the subject on its own line."""
        found = {kind: text for kind, text, _ in self.segments}
        lines = [found.get(SUBJECT, "")]
        lines.extend("".join([found.get(kind, "") for kind in kinds]) for kinds in _PARAGRAPHS)
        return "\n".join(filter(None, lines))
