"""Slides: a deck in an executed notebook → PowerPoint, every chart and table native."""
