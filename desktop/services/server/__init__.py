"""Setting up, upgrading and checking the server of a real office."""
