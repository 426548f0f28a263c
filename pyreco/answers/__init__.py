"""Turns what the rules found into answers in words: verdicts, conditions, findings, euros."""
