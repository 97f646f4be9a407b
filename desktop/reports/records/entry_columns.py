"""Lay one entry out in the three columns of the ケース記録票."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from desktop.domain.era import weekday_name
from desktop.domain.forms import PrintedEntry, PrintedSegment, Stamp
from desktop.reports.line_breaking import Line, break_lines
from desktop.reports.page import Style
from desktop.reports.records import measures as m
from desktop.reports.records.pieces import Column, EntryColumns, Piece, StampPiece, TextPiece
from desktop.reports.seal import fit_stamp
from desktop.reports.setter import Setter

#: Lines are filled to the edge when no more than this is missing (in parts of the type size).
_MOST_FILLING = 2.0
_SEGMENT_GAP = 0.8
_BOX_GAP = 1.6
#: Room of a label of three characters, so that all of them line up.
_LABEL_EMS = 3.6
#: A longer label (in parts of the line) stands above its text.
_WIDEST_LABEL = 0.6
#: Room of a name beneath an entry, as a stamp of this side has it (millimetres).
_STAMP_SIDE = 24.0
#: Lines of the kind that are repeated where an entry goes on.
_LABEL_LINES_AGAIN = 2


class EntryLayout:
    """Lays out entries for one form; `position_labels` are the stamps every entry shows."""

    def __init__(self, setter: Setter, position_labels: Sequence[str]) -> None:
        self._setter = setter
        self._fonts = setter.encoder.fonts
        self._position_labels = position_labels

    def columns(self, entry: PrintedEntry) -> EntryColumns:
        """Break all texts of an entry into pieces."""
        return EntryColumns(
            dates=tuple(self._dates(entry)),
            kinds=tuple(self._kinds(entry)),
            article=tuple(self._article(entry)),
            dates_again=(*self._day(entry.event_on), _line("（続き）", m.NOTICE, m.SIDE_LEADING)),
            kinds_again=tuple(self._side(entry.kind_label, m.KIND_WIDTH, style=m.SIDE_BOLD))[
                :_LABEL_LINES_AGAIN
            ],
            annulled=entry.annulled,
            stamps=entry.stamps,
        )

    def _label(self, shipped: str) -> str:
        return self._setter.label(shipped)

    def _label_room(self, label: str) -> float:
        """Room of a label beside a text in a narrow column; at most half of it."""
        if not label:
            return 0.0
        width = self._fonts.measure(label, m.SIDE_LABEL.role) + 0.6
        return min(max(width, _LABEL_EMS) * m.SIDE_LABEL.em, m.KIND_WIDTH / 2)

    def _day(self, day: date) -> Column:
        """A day on two lines: 令和6年 above 12月30日(月), 2024/12/30 above (月)."""
        text = self._setter.imprint.day(day)
        year, sign, rest = text.rpartition("年")
        lines = (f"{year}{sign}" or rest, f"{rest if sign else ''}({weekday_name(day)})")
        return tuple(_line(line, m.SIDE, m.SIDE_LEADING) for line in lines)

    def _dates(self, entry: PrintedEntry) -> Iterator[Piece]:
        yield from self._day(entry.event_on)
        yield from self._side(entry.time_text, m.DATE_WIDTH)
        yield _line(self._label("記録日"), m.SIDE_LABEL, m.SIDE_LABEL_LEADING + 1.2)
        recorded = self._setter.imprint.day(entry.recorded_on, is_short=True)
        yield _line(recorded, m.SIDE, m.SIDE_LEADING)
        if entry.late:
            yield _tag(self._label("遡及記録"))
        number = "" if entry.entry_number is None else f"第{entry.entry_number}号"
        version = f"第{entry.version}版" if entry.version > 1 else ""
        for text in filter(None, (number, version)):
            yield _line(text, m.SIDE_LABEL, m.SIDE_LABEL_LEADING)

    def _kinds(self, entry: PrintedEntry) -> Iterator[Piece]:
        yield from self._side(entry.kind_label, m.KIND_WIDTH, style=m.SIDE_BOLD)
        for label, text in (
            ("場所", entry.place_label),
            ("相手", entry.met),
            ("記録者", entry.author),
        ):
            yield from self._side(text, m.KIND_WIDTH, label=self._label(label))

    def _article(self, entry: PrintedEntry) -> Iterator[Piece]:
        if entry.annulled:
            yield _tag(self._label("誤記載取消"), keep=True)
        yield from self._text(entry.correction, m.NOTICE, m.SIDE_LEADING, keep=True)
        yield from self._text(entry.subject, m.SUBJECT, m.ARTICLE_LEADING, keep=True)
        body = [piece for segment in entry.segments for piece in self._segment(segment)]
        body += self._instruction(entry.instruction)
        rows = list(_stamp_rows(self._stamps(entry)))
        if rows and body:
            body[-1] = replace(body[-1], keep=True)
        yield from body
        yield from rows

    def _segment(self, segment: PrintedSegment) -> Iterator[Piece]:
        text = segment.text.strip("\n ")
        if not text.strip():
            return
        source = f"〔出所：{segment.source.strip()}〕" if segment.source.strip() else ""
        label = f"【{segment.label}】" if segment.label else ""
        yield from self._text(
            text + source,
            m.ARTICLE,
            m.ARTICLE_LEADING,
            label=label,
            gap=_SEGMENT_GAP,
            struck=segment.struck,
        )

    def _instruction(self, text: str) -> list[Piece]:
        """The supervisor's instruction (査察指導員指示) in a frame of its own."""
        if not text.strip():
            return []
        words = self._label("査察指導員指示")
        title = _line(words, m.TAG, m.SIDE_LEADING + _BOX_GAP, keep=True)
        width = m.ARTICLE_WIDTH - 2 * m.ARTICLE.em
        lines = list(self._text(text.strip("\n "), m.ARTICLE, m.ARTICLE_LEADING, width=width))
        lines[-1] = replace(lines[-1], keep=True)
        pieces = [title, *lines, _line("", m.ARTICLE, _BOX_GAP)]
        return [replace(piece, boxed=True, indent=piece.indent + m.ARTICLE.em) for piece in pieces]

    def _stamps(self, entry: PrintedEntry) -> list[Stamp]:
        """The stamps of the usual positions in their order, empty where none is, then any other."""
        if not entry.stamps:
            return []
        usual = [
            next(
                (stamp for stamp in entry.stamps if stamp.position_label == label),
                Stamp(position_label=label, name="", stamped_on=None),
            )
            for label in self._position_labels
        ]
        others = [stamp for stamp in entry.stamps if stamp not in usual]
        return [fit_stamp(self._setter, stamp, _STAMP_SIDE) for stamp in usual + others]

    def _text(
        self,
        text: str,
        style: Style,
        leading: float,
        *,
        label: str = "",
        width: float = m.ARTICLE_WIDTH,
        gap: float = 0.0,
        keep: bool = False,
        struck: bool = False,
    ) -> Iterator[TextPiece]:
        """Lines of the article; the label takes its room from the first, `gap` stands above it."""
        if not text.strip() and not label:
            return
        label_width = self._fonts.measure(label, m.ARTICLE_LABEL.role) * m.ARTICLE_LABEL.em
        if label_width > width * _WIDEST_LABEL:
            yield from self._text(label, m.ARTICLE_LABEL, leading, width=width, gap=gap, keep=True)
            label, label_width, gap = "", 0.0, 0.0
        advance = self._fonts.advances(style.role).__getitem__
        room = width / style.em
        lines = break_lines(text, room, advance, first_width=room - label_width / style.em)
        for number, line in enumerate(lines):
            indent = label_width if number == 0 else 0.0
            missing = room - indent / style.em - line.width
            yield TextPiece(
                text=line.text,
                style=style,
                height=leading if number else leading + gap,
                indent=indent,
                struck=struck,
                spacing=_filling(line, missing) * style.em,
                label=label if number == 0 else "",
                label_style=m.ARTICLE_LABEL,
                keep=keep,
            )

    def _side(
        self, text: str, column: float, *, style: Style = m.SIDE, label: str = ""
    ) -> Iterator[TextPiece]:
        """Lines of a narrow column; a labelled text keeps clear of its label in every line."""
        if not text.strip():
            return
        indent = self._label_room(label)
        advance = self._fonts.advances(style.role).__getitem__
        room = (column - 1.5 * m.PADDING - indent) / style.em
        for number, line in enumerate(break_lines(text.strip(), room, advance, hang=False)):
            yield TextPiece(
                text=line.text,
                style=style,
                height=m.SIDE_LEADING + (0.7 if label and number == 0 else 0.0),
                indent=indent,
                label=label if number == 0 else "",
                label_style=m.SIDE_LABEL,
            )


def _stamp_rows(stamps: Sequence[Stamp]) -> Iterator[StampPiece]:
    for at in range(0, len(stamps), m.STAMPS_IN_ROW):
        row = tuple(stamps[at : at + m.STAMPS_IN_ROW])
        yield StampPiece(stamps=row, height=m.ROW_STAMP_HEIGHT + 2.0)


def _line(text: str, style: Style, height: float, *, keep: bool = False) -> TextPiece:
    return TextPiece(text=text, style=style, height=height, keep=keep)


def _tag(text: str, *, keep: bool = False) -> TextPiece:
    return TextPiece(text=text, style=m.TAG, height=m.TAG_LEADING, tagged=True, keep=keep)


def _filling(line: Line, missing: float) -> float:
    """Space between the characters that brings a wrapped line to the edge."""
    gaps = len(line.text) - 1 - line.hangs
    if not line.wrapped or gaps < 1 or not 0 < missing <= _MOST_FILLING:
        return 0.0
    return missing / gaps
