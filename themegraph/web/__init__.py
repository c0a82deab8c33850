"""The graph on the web: the SPARQL 1.1 endpoint, and what stands around it."""
