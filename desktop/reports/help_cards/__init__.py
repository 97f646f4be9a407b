"""The paper of the help (手引)."""
