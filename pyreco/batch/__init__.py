"""A whole population: tables in, a table out; what is alike is judged once."""
