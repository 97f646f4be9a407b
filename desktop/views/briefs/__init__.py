"""What one should know before the next contact with a household, and what became of the policy's actions."""
