"""The command line: office set-up and batch work."""
