"""The printed pack of a tour: an accessible PDF, made from data by templates in Typst."""
