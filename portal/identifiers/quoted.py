"""An error message quotes what was typed, but not a page of it."""

QUOTED_CHARACTERS = 60


def quoted(text: str) -> str:
    return text.strip()[:QUOTED_CHARACTERS]
