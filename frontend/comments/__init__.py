"""What visitors say below posts: read, put in order, and taken in; no cookie is needed for it."""
