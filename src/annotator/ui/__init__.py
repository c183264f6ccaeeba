"""The window: Qt widgets, models and controllers. Knows services and domain, never SQL or a file format."""
