"""Disposal of case files (文書廃棄)."""
