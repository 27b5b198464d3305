"""What is the case? Reads, every one taking the person who asks."""
