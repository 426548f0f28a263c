"""Turns histories and what is asked of them into facts: numbers and words of closed lists, no free text."""
