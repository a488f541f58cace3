"""What an edition changed: the notice at its head, and cause by cause at its end."""
