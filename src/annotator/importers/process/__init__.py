"""The process that opens foreign files: `sandbox` is the parent's side, `worker` and `confinement` the child's."""
