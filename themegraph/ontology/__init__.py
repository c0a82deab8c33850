"""The words of the graph: ontology, vocabularies, registers of bodies, shapes and prefixes."""
