"""Circle: people speak in turn, in an order that is drawn and that anybody can draw again."""
