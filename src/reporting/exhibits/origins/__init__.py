"""How figures of an exhibit came about: the steps that it carries for whoever asks."""
