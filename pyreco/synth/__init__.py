"""Made-up patients, for trying out and measuring: no act of theirs ever took place."""
