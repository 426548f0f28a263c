"""Answers the nine convention questions naively, from the contract alone, for the rule base to be held against."""
