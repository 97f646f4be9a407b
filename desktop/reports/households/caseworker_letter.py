"""The letter about a new caseworker (担当者変更のお知らせ, L-02): from which day on, who it is, and how to reach them.

It names neither the help nor any benefit: whoever opens it may be somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.household_forms import CaseworkerLetter
from desktop.reports.blocks import Cell, Envelope, Grid, Letterhead, Said, Space, Title
from desktop.reports.form import FormKind
from desktop.reports.setter import Block

_CODE = "L-02"


def _lay_out(form: CaseworkerLetter) -> Iterator[Block]:
    imprint = form.imprint
    yield Envelope(form.postal_code, form.address, form.name)
    yield Letterhead(form.written_on, sender=imprint.office_name, is_sealed=False)
    yield Title(has_office=False)
    yield Space(3)
    yield Said(imprint.say(_CODE, "hello"))
    yield Said(
        imprint.say(
            _CODE,
            "changes",
            day=imprint.day(form.changes_on),
            old_name=form.old_caseworker,
            new_name=form.new_caseworker,
        )
    )
    yield Space(3)
    rows = [
        [Cell("新しい担当", form.new_caseworker)],
        [Cell("連絡先", form.contact)],
        [Cell("電話", form.phone)],
    ]
    if form.hours:
        rows.append([Cell("受付時間", form.hours)])
    yield Grid(rows)
    yield Space(3)
    yield Said(imprint.say(_CODE, "ask_any_time"))


CASEWORKER_LETTER: FormKind[CaseworkerLetter] = FormKind(
    code=_CODE,
    title="担当者変更のお知らせ",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda form: form.case_number,
)
