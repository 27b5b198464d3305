"""What intake does: take requests in, one by one or by the file."""
