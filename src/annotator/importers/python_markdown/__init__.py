"""What annotator adds to Python-Markdown; apart from the importers, as that library is loaded only when needed."""
