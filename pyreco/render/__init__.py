"""Renders answers: JSON Lines, CSV, tables and trees. Nothing here decides anything."""
