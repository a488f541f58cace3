"""Steps that units promised by a date: what becomes of them, and how they are asked about."""
