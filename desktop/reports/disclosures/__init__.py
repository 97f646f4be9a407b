"""The redacted copy of a case record (開示用の写し) and its list of reasons."""
