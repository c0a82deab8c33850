"""From the domain model to RDF, and the store that keeps it."""
