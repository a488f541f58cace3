"""How the files of editions are kept: shared on disk, packed when somebody asks."""
