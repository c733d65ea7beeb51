"""Measurements: `make bench`. They print tables; none is a test."""
