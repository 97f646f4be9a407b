"""Whatever stands in the data: every form of the catalogue prints it whole, on sound sheets, and can be read back.

Forms are found by themselves, and their data is made from their types: a new form needs nothing here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from desktop.domain.errors import UserError
from desktop.reports.catalogue import CATALOGUE
from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.form import FormKind
from desktop.reports.rendered import RenderedPdf
from tests.reports import paper_checks
from tests.reports.filling import Filler, Path, data_type
from tests.reports.nasty import LONG_NAME, NARRATIVE, NASTY
from tests.reports.reading import page_texts

#: No type may be smaller, whatever has to be squeezed in: the name in a round stamp (points).
SMALLEST = 3.5
READERS: dict[str, Callable[[bytes], Counter[str]]] = {
    "PDFium": paper_checks.by_pdfium,
    "pypdf": paper_checks.by_pypdf,
}
each_form = pytest.mark.parametrize("form", CATALOGUE, ids=[form.code for form in CATALOGUE])


@dataclass
class Marks:
    """Gives every text of the data a kanji of its own, which nothing else on the form has."""

    fonts: FontSet
    taken: set[str]
    by_path: dict[Path, str] = field(default_factory=dict)
    _points: Any = field(default_factory=lambda: count(0x5000))

    def __call__(self, path: Path) -> str:
        if path not in self.by_path:
            self.by_path[path] = next(
                mark
                for mark in map(chr, self._points)
                if mark not in self.taken and self.fonts.face(FontRole.MINCHO).glyph(mark)
            )
        return self.by_path[path]


class Printing:
    """Prints data of one shape on one form, and knows which of its texts the form shows."""

    def __init__(self, form: FormKind[Any], fonts: FontSet, **shape: Any) -> None:
        self._form = form
        self._fonts = fonts
        self._shape = shape
        own = paper_checks.by_pdfium(self.printed(lambda _: "").data)
        self.marks = Marks(fonts, set(own))
        self.marked = self.printed(self.marks)
        shown = paper_checks.by_pdfium(self.marked.data)
        self.shown = {path for path, mark in self.marks.by_path.items() if shown[mark]}

    def printed(self, text: Callable[[Path], str]) -> RenderedPdf:
        data = Filler(text=text, **self._shape).fill(data_type(self._form))
        made = self._form.pdf(data, self._fonts)
        assert isinstance(made, RenderedPdf)
        return made

    def wanted(self, text: Callable[[Path], str]) -> Counter[str]:
        """What must be on the paper when every text of the data is the one given."""
        return paper_checks.printed(map(text, self.shown))


@pytest.fixture(scope="session")
def printing(fonts) -> Callable[..., Printing]:
    """What prints data of a shape on a form; made once for each."""
    made: dict[tuple[object, ...], Printing] = {}

    def of(form: FormKind[Any], **shape: Any) -> Printing:
        key = (form.code, *sorted(shape.items()))
        if key not in made:
            made[key] = Printing(form, fonts, **shape)
        return made[key]

    return of


def assert_sound(form: FormKind[Any], made: RenderedPdf) -> None:
    pages = page_texts(made.data)
    assert len(pages) == made.pages > 0
    for page in pages:
        assert form.code in page
        assert form.edition in page
    assert paper_checks.syntax_faults(made.data) == []
    assert paper_checks.page_number_faults(made.data) == []
    assert paper_checks.off_paper(made.data) == []
    assert paper_checks.bare_pages(made.data) == []
    assert min(paper_checks.type_sizes(made.data)) >= SMALLEST


def assert_all_there(made: RenderedPdf, wanted: Counter[str]) -> None:
    for name, read in READERS.items():
        assert wanted - read(made.data) == Counter(), name


@each_form
@pytest.mark.parametrize("turn", range(4))
def test_a_form_shows_what_it_is_given(form, printing, turn):
    paper = printing(form, turn=turn)
    made = paper.marked
    assert len(paper.shown) > 3
    assert_sound(form, made)
    assert_all_there(made, paper.wanted(paper.marks))
    assert made.missing == ()
    assert paper.printed(paper.marks) == made


@each_form
def test_without_anything_it_is_a_sound_sheet_or_refused(form, fonts):
    data = Filler(text=lambda _: "", empty=True).fill(data_type(form))
    try:
        made = form.pdf(data, fonts)
    except UserError:
        return
    assert_sound(form, made)


@each_form
@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_text_is_printed_whole(form, printing: Callable[..., Printing], nasty):
    paper = printing(form, items=1, inner=1)

    def text(path: Path) -> str:
        return f"始{NASTY[nasty]}{paper.marks(path)}"

    made = paper.printed(text)
    assert_sound(form, made)
    assert_all_there(made, paper.wanted(text))


@each_form
def test_forty_members_with_long_names(form, printing: Callable[..., Printing]):
    paper = printing(form, items=40, inner=1)

    def text(path: Path) -> str:
        return LONG_NAME + paper.marks(path)

    made = paper.printed(text)
    assert_sound(form, made)
    assert_all_there(made, paper.wanted(text))


@each_form
def test_the_end_of_a_long_text_is_there(form, printing):
    paper = printing(form, items=1, inner=2)
    made = paper.printed(lambda path: NARRATIVE + paper.marks(path))
    found = paper_checks.by_pdfium(made.data)
    assert [path for path in paper.shown if not found[paper.marks(path)]] == []
