"""Events that ask for a review of a household's support policy (見直しのきっかけ), read from facts."""

from desktop.services.policy_events.opening import event_kinds, open_events, reviews_due

__all__ = ["event_kinds", "open_events", "reviews_due"]
