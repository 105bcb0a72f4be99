"""The procedure: cases, people, money, the register, jobs and adapters; the application core."""
