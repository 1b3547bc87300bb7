"""Reports and quads → files."""
