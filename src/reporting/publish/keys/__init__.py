"""What a report depends on: hashes of inputs, slices and program; the store of what was made."""
