"""One file a format out; an exporter is a pure function from a snapshot to text."""
