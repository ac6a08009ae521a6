"""The way from a document to a roadmap in the admin: upload, look, correct, save; and importing again."""
