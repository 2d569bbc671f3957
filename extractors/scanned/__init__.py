"""What OCR read, held against a layout: misread characters repaired, cells read again, confirmed by arithmetic or put
before a person. Digital documents pass through untouched."""
