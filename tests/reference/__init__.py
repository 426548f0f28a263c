"""Answers the questions of the contract naively, from the contract alone, for the rule base to be held against."""
