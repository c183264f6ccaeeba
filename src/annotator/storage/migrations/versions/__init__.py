"""One file for each schema since the first."""
