"""One module or package for each format that is read; each has an `IMPORTER`, a package in its `importer`."""
