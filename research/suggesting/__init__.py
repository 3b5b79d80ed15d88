"""Who might work together: a score of 1,000 points with its reasons, the same for the same rows.

The engine is plain Python with numpy, scipy and scikit-learn: `features` (what is known of a side, as whole
numbers), `points` (one function a reason), `ranking` (the best of many). It knows nothing of Django.
docs/explanation/suggestions.md has the formula.
"""
