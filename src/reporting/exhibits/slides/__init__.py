"""The meeting's deck: what the city's assessment says, one message a slide."""
