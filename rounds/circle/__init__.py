"""Circle: people speak in turn; the order of those who asked beforehand is drawn, and can be drawn
again by anybody."""
