"""R&D questions at the Access Broker's desk: asked, analysed, led by exactly one desk, answered, closed."""
