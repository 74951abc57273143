"""Which numbers do pages and reports show beyond the scorecard? Computed here, drawn elsewhere."""
