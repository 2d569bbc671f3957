"""Record sheets: labels and values set anew for every record."""
