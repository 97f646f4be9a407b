"""The 廃棄簿 on paper."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.disposal import DisposalForm, DisposalState
from desktop.reports.disposal.disposal_list import DISPOSAL_LIST
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint
from tests.support.fakes import CLOCK
from tests.support.fakes_disposal import make_item, make_list


def form(state=DisposalState.APPROVED, households=2, **changes) -> DisposalForm:
    row = make_list(7, state, households, **changes)
    return DisposalForm(imprint=make_imprint(), row=row)


def flat(data: bytes) -> list[str]:
    return ["".join(text.split()) for text in page_texts(data)]


def test_what_goes_and_who_approved_it_stands_on_it(fonts):
    (page,) = flat(DISPOSAL_LIST.pdf(form(), fonts).data)
    for words in (
        "第7号",
        "R6.10.1記録見本人",
        "R6.10.1査察見本",
        "R6.10.1課長見本",
        "廃棄待ち",
        "100001保護廃止ケースH22.4.1H29.10.1R5.3.31",
        bytes(range(32)).hex().upper(),
        "D-01廃棄簿第2版",
    ):
        assert words in page


def test_what_has_not_been_done_stays_empty(fonts):
    (page,) = flat(DISPOSAL_LIST.pdf(form(DisposalState.DRAWN_UP), fonts).data)
    assert "査察見本" not in page
    assert "点検待ち" in page


def test_what_was_carried_out_says_by_whom(fonts):
    done = form(DisposalState.CARRIED_OUT, closed_by="記録 別人", closed_at=CLOCK.now())
    assert "R6.10.1記録別人" in flat(DISPOSAL_LIST.pdf(done, fonts).data)[0]


def test_many_households_go_on_over_further_sheets(fonts):
    made = DISPOSAL_LIST.pdf(form(households=100), fonts)
    pages = flat(made.data)
    assert len(pages) == made.pages == 4
    assert all("番号ケース番号保存区分" in page for page in pages)
    assert sum(page.count("保護廃止ケース") for page in pages) == 100


def test_an_application_has_no_day_of_protection(fonts):
    row = form().row
    item = replace(make_item(1), protected_from=None)
    given = replace(form(), row=replace(row, items=(item,)))
    assert "－H29.10.1" in flat(DISPOSAL_LIST.pdf(given, fonts).data)[0]


def test_the_same_list_gives_the_same_bytes(fonts):
    assert DISPOSAL_LIST.pdf(form(), fonts) == DISPOSAL_LIST.pdf(form(), fonts)
