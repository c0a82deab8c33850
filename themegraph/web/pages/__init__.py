"""The pages, one module each: from a store and an address to what a template is filled with."""
