"""What clients send and get: one schema each for validation, serialisation and documentation."""
