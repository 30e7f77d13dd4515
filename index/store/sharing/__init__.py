"""One index for several machines: the writer tells which generation serves, readers take it over."""
