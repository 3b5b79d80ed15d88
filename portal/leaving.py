"""How the upper houses learn that a university leaves, before it has: the ground floor knows none of them."""

from django.dispatch import Signal

#: Sent with `university`, `by` and `now` in the transaction of the departure. A receiver puts its own things
#: in order, or raises a `Refusal` that says what stands in the way; then nothing has happened.
university_leaves = Signal()
