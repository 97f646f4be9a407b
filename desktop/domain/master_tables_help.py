"""The table of office data that imported cards of the help depend on."""

from __future__ import annotations

from desktop.domain.master_fields import LABEL, NOTE
from desktop.domain.masters import MasterField, MasterTable

_HELP_KEYS = MasterTable(
    name="help_keys",
    label="手引の更新の鍵",
    key_label="指紋（a1b2-c3d4-… の形。鍵から計算され、発行者に電話などで確かめます）",
    fields=(
        LABEL,
        MasterField(name="public_key", label="公開鍵（Base64の44文字）"),
        NOTE,
    ),
    affects="手引の整備で取り込める手引の更新（署名を確かめる鍵）",
)

HELP_TABLES: tuple[MasterTable, ...] = (_HELP_KEYS,)
