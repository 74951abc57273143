"""A board without a server: the model's own equations written out for a browser, in one file."""
