"""The library file: tables, store, journal. The only room that knows SQL."""
