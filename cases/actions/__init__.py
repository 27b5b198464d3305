"""What is done to cases: one function a verb, one module a noun."""
