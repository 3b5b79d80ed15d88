"""Every route, every role, one's own objects and another university's: the table and who walks it."""
