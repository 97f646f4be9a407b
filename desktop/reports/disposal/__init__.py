"""Forms of the disposal of case files."""
