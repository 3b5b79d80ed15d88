"""Real servers are killed, emptied and frozen while invitations are written, sent and answered.

`make faults` runs all of it and prints a table; docs/explanation/faults.md says what is done and must hold.
"""
