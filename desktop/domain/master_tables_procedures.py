"""The office's table about procedures (手続): what can be chosen of each kind, and what the radar makes of it."""

from __future__ import annotations

from desktop.domain.master_fields import LABEL, choice
from desktop.domain.masters import FieldKind, MasterField, MasterTable
from desktop.domain.procedures import CHOICE_EFFECT, PROCEDURE_KIND, PROCEDURE_SHAPE

#: The kinds that have something to choose.
_WITH_CHOICE = {
    kind: PROCEDURE_KIND[kind] for kind, shape in PROCEDURE_SHAPE.items() if shape.choice
}

_PROCEDURE_CHOICES = MasterTable(
    name="procedure_choices",
    label="手続の選択肢",
    key_label="コード",
    fields=(
        LABEL,
        choice("procedure", "手続", _WITH_CHOICE),
        choice("effect", "見落とし点検での扱い", CHOICE_EFFECT),
        MasterField(
            name="age",
            label="年金の節目の年齢（年齢によらないものは空けておく）",
            kind=FieldKind.NUMBER,
            unit="歳",
            required=False,
        ),
    ),
    affects="手続の入力の選択肢と、見落とし点検 E12・E13・E14・E18・E19",
)

PROCEDURE_TABLES: tuple[MasterTable, ...] = (_PROCEDURE_CHOICES,)
