"""annotator: read arguments, tag their claims, link them to sources, rate them, export the result."""

__version__ = "0.1.0"
