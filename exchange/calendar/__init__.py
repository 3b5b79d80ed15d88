"""Fixtures as calendar programs read them (RFC 5545): in mails (RFC 5546, 6047) and in feeds.

docs/decisions/0013 says what a state of a fixture is in a calendar, and when SEQUENCE rises.
"""
