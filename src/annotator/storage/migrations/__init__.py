"""The schema's history. A new library is made from `tables` at once; these steps bring an old one up to date."""
