"""One file for each format that is read; each ends in an `IMPORTER`."""
