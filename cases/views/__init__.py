"""Pages of the console: translate, make one call inward, translate back."""
