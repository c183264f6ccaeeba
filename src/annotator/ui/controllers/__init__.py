"""Between the views and the services: each controller serves one area. Loaded after the first paint, as it needs the
database layer."""
