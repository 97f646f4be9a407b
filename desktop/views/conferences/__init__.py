"""会議・支援区分: conferences, what stays as it is, and the register of groups."""
