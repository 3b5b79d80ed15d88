"""The waits that are cut short, so that the faults of hours fit into minutes."""

#: Seconds one SMTP answer may take; 20 in earnest.
SMTP_TIMEOUT = 1
#: Seconds of a lease beside three of those; 30 in earnest.
MARGIN = 5
#: Seconds until the second try of a mail that was put off; 30 in earnest. Doubles like there.
FIRST_DELAY = 1
#: Seconds between two sweeps of the outbox; 10 in earnest.
SWEEP = 2

TOLD = (
    "The portal's own code runs on real servers, with its waits cut short: leases last 3 SMTP time-outs of"
    f" {SMTP_TIMEOUT} s and {MARGIN} s (in earnest 3 × 20 s and 30 s), mail that was put off waits"
    f" {FIRST_DELAY} s, doubling (30 s), beat sweeps the outbox every {SWEEP} s (10 s)."
)
