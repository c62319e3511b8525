"""The nightly round: when what is done by itself; the only file that knows the scheduler."""
