"""Tools of the maintainer of the wish reader: learning the weights from the phrases."""
