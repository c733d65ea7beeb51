"""A light box seen from above, drawn so that it looks like a photograph: what the simulated camera sees."""
