"""Forms of 業務と成果: the monthly report (S-35), the yearly review of a programme (S-37)."""
