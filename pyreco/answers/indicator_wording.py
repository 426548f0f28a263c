"""Words of indicators."""
