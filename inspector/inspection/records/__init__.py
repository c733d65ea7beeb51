"""What was inspected: on this machine first, carried to the plant's database, and kept as long as was asked for."""

from inspector.inspection.records.records import Records

__all__ = ["Records"]
