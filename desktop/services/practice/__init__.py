"""Exercises of the training office (練習)."""

from desktop.services.practice.service import PracticeService
from desktop.services.practice.shelf import shipped_exercises

__all__ = ["PracticeService", "shipped_exercises"]
