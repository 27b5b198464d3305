"""The pages of intake: the public form, the staff's form, agencies, what an import holds."""
