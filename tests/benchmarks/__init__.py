"""The engine beside others, measured in one run: `make bench`. pytest collects nothing here."""
