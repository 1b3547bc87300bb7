"""Characters and rules on pages, drawn in a PDF or recognised in a picture → paragraphs and tables."""
