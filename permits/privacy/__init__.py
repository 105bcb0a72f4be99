"""Personal data: who sees what of a person, and who looked (Law 12/2024 on the protection of personal data)."""
