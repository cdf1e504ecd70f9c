"""Show a report to a person."""
