"""Commands that make the numbers in the checks again: they read training data, and print what to put in."""
