"""Fuzzing: what must hold for any bytes, and the coverage-guided runs that look for bytes for which it does not."""
