"""Web pages and saved pages."""
