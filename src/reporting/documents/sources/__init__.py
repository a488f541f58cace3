"""Where the figures of a document come from: what a reader may ask of each, in every format."""
