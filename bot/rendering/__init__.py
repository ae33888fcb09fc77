"""How answers look: messages of HTML, charts, QR codes and posters."""
