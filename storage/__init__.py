"""What the bot keeps: tables, their migrations, and the questions put to them."""
