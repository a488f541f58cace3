"""Documents as blocks, and every face of them."""
