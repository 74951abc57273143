"""What do the pictures look like? Figures as self-contained SVG, without a browser."""
