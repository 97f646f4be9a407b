"""The form of an own set phrase: a new one, a changed one, or one taken over from the office's."""

from __future__ import annotations

from uuid import UUID

from desktop.domain.ids import new_id
from desktop.domain.labels import SEGMENT
from desktop.domain.master_tables_records import WRITTEN_SEGMENTS
from desktop.domain.phrases import (
    LONGEST_CODE,
    LONGEST_LABEL,
    PHRASE_SLOTS,
    Phrase,
    PhraseInput,
)
from desktop.domain.records import SegmentKind
from desktop.override import override
from desktop.viewmodels.phrases import EVERY
from desktop.views.activities.act_form import ActForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.text_field import TextField

_ALL = "all"
_HELP = (
    "記録の欄で「;」と略語を打ち、スペースかEnterを押すと、この文になります。"
    f"使える言葉：{' '.join(f'{{{slot}}}' for slot in PHRASE_SLOTS)}。わからないところは＿＿＿になります。"
    "世帯の人の名前など、個人の情報は書きません。"
)


class PhraseForm(ActForm):
    """`acted` carries a PhraseInput."""

    def __init__(self) -> None:
        super().__init__("phrase_form", "自分の定型句", "保存する")
        self._phrase_id: UUID = new_id()
        self._version = 0
        self.code = TextField("略語", required=True, characters=LONGEST_CODE, longest=LONGEST_CODE)
        self.label = TextField("見出し（空なら文の初め）", longest=LONGEST_LABEL)
        self.text = LongTextField("文", lines=3, most_lines=10, required=True)
        self.segment = ChoiceField("使う欄", _segments(), required=True)
        self.put("code", "略語（英字・数字・かな）(&K)", self.code)
        self.put("label", "見出し（空なら文の初め）(&M)", self.label)
        self.put("text", "文(&T)", self.text)
        self.put("segments", "使う欄(&R)", self.segment)

    def begin(self, old: Phrase | None, *, is_copy: bool = False) -> None:
        """Stand ready for a new phrase, an own one to be changed, or a copy to be made one's own."""
        self.clear()
        keeps = old is not None and old.phrase_id is not None and not is_copy
        self._phrase_id = old.phrase_id if keeps and old and old.phrase_id else new_id()
        self._version = old.version if keeps and old else 0
        self.segment.show_value(_ALL)
        if old is not None:
            self.code.show_value(old.code)
            self.label.show_value(old.label)
            self.text.show_value(old.text)
            self.segment.show_value(str(old.segments[0]) if len(old.segments) == 1 else _ALL)
        self.what.say(_HELP)
        self.ready(self.code)

    @override
    def given(self, reader: FormReader) -> PhraseInput | None:
        code = reader.read("code", self.code)
        label = reader.read("label", self.label)
        text = reader.read("text", self.text)
        segment = reader.read("segments", self.segment)
        if code is None or text is None:
            return None
        return PhraseInput(
            phrase_id=self._phrase_id,
            shown_version=self._version,
            code=code,
            label=label or "",
            text=text,
            segments=() if segment in {None, _ALL} else (SegmentKind(segment or ""),),
        )


def _segments() -> list[Choice]:
    return [
        Choice(code=_ALL, label=EVERY),
        *(Choice(code=kind.value, label=SEGMENT[kind]) for kind in WRITTEN_SEGMENTS),
    ]
