"""An exhibit or slides under the labels of an office."""
