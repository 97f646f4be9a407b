"""Where pages break."""

from __future__ import annotations

import pytest

from desktop.reports.fonts import FontRole
from desktop.reports.page import Style
from desktop.reports.records.page_plan import plan_pages
from desktop.reports.records.pieces import Column, EntryColumns, TextPiece

STYLE = Style(FontRole.MINCHO, 10)


def line(text: str, *, keep: bool = False) -> TextPiece:
    return TextPiece(text=text, style=STYLE, height=5, keep=keep)


def entry(lines: int, *, kept: int = 0, dates: int = 2) -> EntryColumns:
    article = [line(str(number), keep=number < kept) for number in range(lines)]
    return EntryColumns(
        dates=(line("day"),) * dates,
        kinds=(line("kind"),),
        article=tuple(article),
        dates_again=(line("day again"),),
        kinds_again=(line("kind again"),),
        annulled=False,
        stamps=(),
    )


def texts(column: Column) -> list[str]:
    return [piece.text for piece in column if isinstance(piece, TextPiece)]


@pytest.mark.parametrize("room", [60, 75.5, 101, 240])
@pytest.mark.parametrize("lengths", [(1,), (3, 90, 2), (10,) * 12, (47, 1, 47, 1)])
def test_every_line_is_placed_once_and_inside_the_page(room, lengths):
    pages = plan_pages([entry(length) for length in lengths], room)
    placed = [text for page in pages for part in page.parts for text in texts(part.article)]
    assert placed == [str(number) for length in lengths for number in range(length)]
    assert all(page.used <= room for page in pages)
    assert all(page.parts for page in pages)


def test_only_the_last_part_of_a_page_goes_on():
    pages = plan_pages([entry(30), entry(30)], 100)
    for page in pages:
        assert not any(part.goes_on for part in page.parts[:-1])
    assert not pages[-1].goes_on


def test_an_entry_does_not_start_where_little_is_left():
    pages = plan_pages([entry(14), entry(10)], 100)
    assert [len(page.parts) for page in pages] == [1, 1]
    assert not pages[0].goes_on


def test_lines_that_belong_together_are_not_parted():
    first, second = plan_pages([entry(10), entry(12, kept=8)], 100)[:2]
    assert not first.goes_on
    assert texts(second.parts[0].article)[0] == "0"


def test_a_long_side_column_continues_too():
    pages = plan_pages([entry(2, dates=40)], 100)
    dates = [text for page in pages for part in page.parts for text in texts(part.dates)]
    assert dates.count("day") == 40
    assert dates.count("day again") == len(pages) - 1


def test_nothing_still_gives_a_page():
    assert len(plan_pages([], 100)) == 1
