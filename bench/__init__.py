"""Measures the real server on generated content: `make bench` (see docs/benchmark.md)."""
