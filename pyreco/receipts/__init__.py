"""Answers that can be asked for again: what a question was, with its options, and whether its answer is the same."""
