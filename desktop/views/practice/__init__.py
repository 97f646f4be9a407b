"""練習: exercises of the training office."""
