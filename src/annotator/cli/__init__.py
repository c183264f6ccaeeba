"""The command line: reads words, calls use cases, writes answers. `words` is all that starting up needs of it."""
