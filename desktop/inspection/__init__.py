"""Looks into files of others in a process of its own, with little memory and time and no file it could write.

Nothing of such a file is ever parsed in the program itself. Only domain types and plain bytes come back.
"""
