"""Tries rules out before anyone is billed by them: cases that are run, versions that are compared, overlays."""
