"""What Writdesk takes longer than the least that the same work needs, both measured in the same run."""
