"""The screen 申告: who has declared what for which month, receipts by one key, letters in a batch."""
