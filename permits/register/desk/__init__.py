"""Acts of the register as a registrar writes them on one form: read, previewed, entered."""
