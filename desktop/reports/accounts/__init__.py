"""The paper of accounts (職員と権限)."""
