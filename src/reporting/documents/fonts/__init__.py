"""The faces of a page: open ones, or those an office chooses; and fonts of a project itself."""
