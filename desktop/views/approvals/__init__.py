"""The supervisor's screen: the queue and what is read beside it."""
