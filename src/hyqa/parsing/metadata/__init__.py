"""What a document says of itself: 文号, dates, term and repeals."""
