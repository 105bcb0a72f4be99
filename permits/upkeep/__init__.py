"""What keeps an installation sound: packs in force, jobs, the proof of the audit chain, backups, room on the disk."""
