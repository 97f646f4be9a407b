"""指導・指示: the stepper of guidance cases in a household's file."""
