"""A small network taught from what the detector sees, right or wrong: see `looking_again`."""
