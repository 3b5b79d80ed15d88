"""A public project as other systems read it: from what `research.queries.whole` loads, without a query."""
