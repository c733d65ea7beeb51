"""What begins an inspection, and which workpiece it is of."""
