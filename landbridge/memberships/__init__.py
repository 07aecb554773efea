"""Who acts for which region, partner, programme or organisation."""
