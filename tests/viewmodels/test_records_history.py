from __future__ import annotations

from datetime import timedelta

from desktop.domain.audit import FieldChange
from desktop.viewmodels.records_history import history_columns, history_lines
from tests.support.fakes import CLOCK

CODES = {("kind", "home_visit"): "定期訪問", ("result_code", "11"): "面接できた"}


class Trail:
    """Events of one entry, as the audit trail gives them."""

    def __init__(self):
        self.changes = []
        self.seq = 0

    def add(self, table, row, **fields):
        self.seq += 1
        for column, value in sorted(fields.items()):
            before, after = value if isinstance(value, tuple) else (None, value)
            self.changes.append(
                FieldChange(
                    seq=self.seq,
                    at=CLOCK.now() + timedelta(minutes=self.seq),
                    who="試験 担当",
                    client="10.1.2.3",
                    table=table,
                    row=row,
                    column=column,
                    before=before,
                    after=after,
                )
            )
        return self

    def segment(self, version, segment, kind, text):
        return self.add(
            "segment", f"e/{version}/{segment}", kind=kind, text=text, source="", version=version
        )

    def shown(self):
        return [(h.label, h.before, h.after) for h in history_lines(self.changes, CODES)]


def test_each_save_shows_only_what_it_changed_newest_first():
    trail = Trail().add("entry", "e", kind="home_visit", state="draft", is_annulled="false")
    trail.segment("1", "s1", "facts", "居室で面接した。").segment("1", "s2", "view", "所見。")
    trail.segment("2", "s1", "facts", "玄関先で面接した。").segment("2", "s2", "view", "所見。")
    trail.add("entry", "e", state=("draft", "submitted"), version=("1", "2"))
    assert trail.shown() == [
        ("状態", "下書き", "決裁待ち"),
        ("事実", "居室で面接した。", "玄関先で面接した。"),
        ("所見", "", "所見。"),
        ("事実", "", "居室で面接した。"),
        ("状態", "", "下書き"),
        ("種別", "", "定期訪問"),
    ]


def test_a_part_that_a_version_no_longer_has_went():
    trail = Trail().segment("1", "s1", "facts", "事実。").segment("1", "s2", "view", "所見。")
    trail.segment("2", "s1", "facts", "事実。")
    assert trail.shown()[0] == ("所見", "所見。", "")


def test_the_contact_is_compared_with_that_of_the_version_before():
    trail = Trail()
    for contact, result, people in (("c1", "", ["架空 花子"]), ("c2", "11", ["架空 花子", "大家"])):
        trail.add(
            "contact", contact, happened_on="2024-10-01", method="visit", started_at="570",
            result_code=result, is_home_visit="true",
        )  # fmt: skip
        for number, name in enumerate(people):
            trail.add("contact_met", f"{contact}{number}", contact_id=contact, label=name)
        trail.add("contact_staff", f"{contact}/s", contact_id=contact, staff_id="試験 担当")
    assert trail.shown() == [
        ("会った人", "架空 花子", "架空 花子、大家"),
        ("結果", "", "面接できた"),
        ("会った人", "", "架空 花子"),
        ("行った人", "", "試験 担当"),
        ("開始時刻", "", "9:30"),
        ("方法", "", "訪問"),
        ("接触の年月日", "", "令和6年10月1日"),
    ]


def test_the_route_shows_what_happened_in_it_and_not_how_it_was_laid_out():
    trail = Trail().add("approval_step", "a/1", kind="approve", position="supervisor", state="open")
    trail.add("approval_move", "m", move="return", at="2024-10-01T09:00:00+09:00", by_id="指導")
    trail.add("approval_note", "m", text="確認した資料を書いてください。")
    trail.add("approval_step", "a/1", state=("open", "approved"), decided_by=(None, "試験 指導"))
    assert trail.shown() == [
        ("決裁の順（査察指導員）・状態", "未決裁", "承認"),
        ("決裁の順（査察指導員）・決裁した人", "", "試験 指導"),
        ("決裁のことば", "", "確認した資料を書いてください。"),
        ("決裁の動き", "", "差戻し"),
    ]


def test_a_long_text_takes_one_line_of_the_table_and_what_went_is_said():
    trail = Trail().segment("1", "s1", "facts", "一行目。\n二行目。")
    trail.segment("2", "s2", "view", "所見")
    lines = history_lines(trail.changes, CODES)
    cells = [[column.text(line) for column in history_columns()] for line in lines]
    who = ["R6.10.1 10:02", "試験 担当", "10.1.2.3"]
    assert cells[:2] == [
        [*who, "所見", "", "所見"],
        [*who, "事実", "一行目。 …", "（なし）"],
    ]


def test_signs_of_danger_are_a_line_where_there_were_some_or_went():
    trail = Trail()
    for contact, danger in (("c1", "false"), ("c2", "true"), ("c3", "false")):
        trail.add("contact", contact, happened_on="2024-10-01", has_danger_signs=danger)
    assert [line for line in trail.shown() if line[0] == "危険の兆候"] == [
        ("危険の兆候", "はい", ""),
        ("危険の兆候", "", "はい"),
    ]
