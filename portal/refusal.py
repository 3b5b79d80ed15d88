"""What an action raises when it will not act."""


class Refusal(Exception):
    """Its text is a sentence for people, already translated; subclasses are named after the action."""
