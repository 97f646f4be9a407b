"""The screen 受領書類: papers taken in at the counter, and the pool of those not settled."""
