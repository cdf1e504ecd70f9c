"""Certify that two language versions of a text say the same thing; align them down to the word."""
