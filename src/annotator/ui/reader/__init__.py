"""The reading view: the text, the marks on it, the gutter beside it."""
