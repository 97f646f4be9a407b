"""Telephone memos (電話メモ): calls taken for colleagues' households."""

from desktop.services.telephone_memos.service import TelephoneMemoService

__all__ = ["TelephoneMemoService"]
