"""The Research Organization Registry's dump: from a file to rows of universities."""
