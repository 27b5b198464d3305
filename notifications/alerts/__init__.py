"""What the staff are told: which facts call for a person, who is told of them, by page, mail and calendar."""
