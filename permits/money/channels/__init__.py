"""Payment channels: what each can do, which of them a bill can be paid through, and the languages that they speak."""
