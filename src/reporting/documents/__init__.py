"""Documents as blocks, and every format they are written in.

`blocks` is the model; `document` reads an executed notebook as blocks, `complete` makes them a
whole. A format has a folder: `html`, `typst` (PDF), `word`, `markdown`, and `plain_text` beside
them; `slides` sets a deck, which is no run of blocks; `quarto` sends the same blocks through the
Quarto command. Only these know markup, and escape; a typeface, here and in `fonts`, is a face.
`layout` holds what the paged formats share.
"""
