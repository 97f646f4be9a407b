"""The case record on screen: the chronicle, the editor, the history."""
