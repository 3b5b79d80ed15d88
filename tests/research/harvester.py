"""sickle, whose source has escapes that newer Pythons warn of when they compile it."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from sickle import Sickle
    from sickle.oaiexceptions import NoRecordsMatch

__all__ = ["NoRecordsMatch", "Sickle"]
