"""事業参加: who takes part in a programme."""
