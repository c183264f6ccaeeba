"""Codecs that importers, exporters and services share: records of other programs to values and back."""
