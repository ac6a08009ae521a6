"""A roadmap on paper: the official table as data, and the same table as a printed page, a DOCX and an XLSX file."""
