"""The commands, one module each: read, call, print. Heavy libraries are imported inside them."""
