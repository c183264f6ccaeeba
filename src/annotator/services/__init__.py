"""Use cases: verb functions that take a store and return domain values. `library` is the one door to them."""
