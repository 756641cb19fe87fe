"""Several versions of one text: kept, compared, put together."""
