"""Proofs of explanations: made from the text of the rules, and checked against it, without the solver."""
