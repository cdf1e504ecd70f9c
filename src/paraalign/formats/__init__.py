"""Write a report as a file that other programs read."""
