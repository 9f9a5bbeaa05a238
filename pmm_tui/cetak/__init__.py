"""Paper and files of plans: documents as pure blocks, and the writers that turn them into HTML, PDF, XLSX, CSV and text."""
