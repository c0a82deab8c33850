"""From a file to a report: formats, layout, structure and values."""
