"""OAI-PMH 2.0: https://www.openarchives.org/OAI/openarchivesprotocol.html

`arguments` reads what is asked, `harvest` finds records, `envelope` writes XML, `verbs` puts them together.
"""

from .verbs import answer

__all__ = ["answer"]
