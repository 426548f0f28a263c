"""Makes the documentation site: what is written by hand in docs/, and a reference made from the program and the law."""
