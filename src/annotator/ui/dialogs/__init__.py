"""Dialogs: linking evidence, adding a source."""
