"""The rule base: read, checked, grounded. The only rooms that know the solver."""
