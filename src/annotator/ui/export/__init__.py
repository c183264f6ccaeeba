"""The export dialog: style, Markdown source and preview side by side."""
