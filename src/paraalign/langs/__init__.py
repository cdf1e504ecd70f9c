"""What differs by language, as data and few functions."""
