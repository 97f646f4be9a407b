"""What this workstation knows and keeps: the account of the operating system, its keyring, who signed in."""
