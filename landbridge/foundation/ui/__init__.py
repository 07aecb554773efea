"""The look of the product: base page, components, styles, icons, charts, map, forms and formatting."""
