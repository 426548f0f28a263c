"""The questions that can be put to the rules: what is asked, in which steps, of how many documents at once."""
