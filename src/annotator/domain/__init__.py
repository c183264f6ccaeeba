"""Values and rules: frozen dataclasses, no Qt, no SQL, no input or output."""
