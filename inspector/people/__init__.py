"""Who is at the station, what each may do, and what was done: kept in a log that shows when it was changed."""

REGISTER = "people.yaml"
"""Who is registered in a workspace."""
