"""What runs at the centre: a queue in its own SQLite file, which never touches the office's database."""
