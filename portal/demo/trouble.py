"""What ends the demonstration."""


class Trouble(Exception):
    """A sentence for the person at the keyboard."""
