"""持出: papers that leave the office, and that they come back."""
