"""What people can say, declared once as data."""
