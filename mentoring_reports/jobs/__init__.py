"""Work in the background: a queue in PostgreSQL that several workers on several machines share. Schema `public`."""
