"""Mail that comes in: stored, then read by handlers that the houses register, shown where none fits.

docs/how-to/receive-replies.md says how mail gets here, docs/explanation/incoming-mail.md what becomes of it.
"""

from .handlers import Done, Outcome, PutAside, register
from .parsed import ParsedMail

__all__ = ["Done", "Outcome", "ParsedMail", "PutAside", "register"]
