"""The columns of a ledger (台帳) and of a file of old records, as the office names them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from desktop.domain.labels import HOUSEHOLD_STATE, HOUSEHOLD_TYPE, RELATION, RESIDENCE, SEX


class LedgerColumn(StrEnum):
    """One column of the ledger: a row is one member. The value is its name in our own export."""

    CASE_NUMBER = "ケース番号"
    PERSON_NUMBER = "宛名番号"
    IS_HEAD = "世帯主区分"
    RELATION = "続柄"
    NAME = "氏名"
    KANA = "氏名カナ"
    BIRTH_DATE = "生年月日"
    SEX = "性別"
    POSTAL_CODE = "郵便番号"
    ADDRESS = "住所"
    DISTRICT_CODE = "地区コード"
    DISTRICT_NAME = "地区名"
    CASEWORKER = "担当者名"
    HOUSEHOLD_TYPE = "世帯類型"
    STATE = "保護状態"
    STARTED_ON = "保護開始日"
    CLOSED_ON = "保護廃止日"
    SHIELDED = "支援措置"
    RESIDENCE = "居所区分"
    RESIDENCE_PLACE = "施設名"
    EMPLOYER = "就労先"
    VISIT_GRADE = "訪問格付"
    LAST_MET_ON = "最終面接日"
    POLICY_APPROVED_ON = "援助方針承認日"
    POLICY_DUE_ON = "援助方針見直期日"
    INCOME_DECLARED_ON = "最終収入申告日"
    ASSETS_DECLARED_ON = "最終資産申告日"
    DIED_ON = "死亡日"


class RecordColumn(StrEnum):
    """One column of the file of old records: a row is one record of the former system."""

    CASE_NUMBER = "ケース番号"
    EVENT_ON = "年月日"
    KIND = "種別"
    AUTHOR = "記録者"
    TEXT = "本文"


#: Without these a ledger cannot be taken in; besides them 続柄 or 世帯主区分.
MANDATORY_COLUMNS = (
    LedgerColumn.CASE_NUMBER,
    LedgerColumn.PERSON_NUMBER,
    LedgerColumn.NAME,
    LedgerColumn.KANA,
    LedgerColumn.BIRTH_DATE,
    LedgerColumn.ADDRESS,
    LedgerColumn.DISTRICT_CODE,
    LedgerColumn.STATE,
    LedgerColumn.STARTED_ON,
)
HEAD_COLUMNS = (LedgerColumn.RELATION, LedgerColumn.IS_HEAD)
MANDATORY_RECORD_COLUMNS = (RecordColumn.CASE_NUMBER, RecordColumn.EVENT_ON, RecordColumn.TEXT)

YES, NO = "はい", "いいえ"
#: What a cell may say without a code table of the vendor.
SHIPPED_CODES: Mapping[LedgerColumn, Mapping[str, str]] = {
    LedgerColumn.RELATION: {label: code.value for code, label in RELATION.items()},
    LedgerColumn.HOUSEHOLD_TYPE: {label: code.value for code, label in HOUSEHOLD_TYPE.items()},
    LedgerColumn.STATE: {label: code.value for code, label in HOUSEHOLD_STATE.items()},
    LedgerColumn.RESIDENCE: {label: code.value for code, label in RESIDENCE.items()},
    LedgerColumn.SEX: {label: code.value for code, label in SEX.items()},
    LedgerColumn.IS_HEAD: {YES: "1", NO: "", "1": "1", "0": ""},
    LedgerColumn.SHIELDED: {YES: "1", NO: "", "1": "1", "0": ""},
}
#: The labels a code table of a mapping may point at.
CODE_LABELS: Mapping[LedgerColumn, Mapping[str, str]] = {
    **SHIPPED_CODES,
    LedgerColumn.IS_HEAD: {YES: "1", NO: ""},
    LedgerColumn.SHIELDED: {YES: "1", NO: ""},
}
