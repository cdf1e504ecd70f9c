"""Flag divergences: one module a family, one small function a check, one table."""
