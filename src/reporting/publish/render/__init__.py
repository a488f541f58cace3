"""An executed notebook read as a document, and set as HTML, PDF and Word."""
