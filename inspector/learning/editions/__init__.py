"""A network in another format, or in whole numbers, let through only where it still sees the same: see `edition`."""
