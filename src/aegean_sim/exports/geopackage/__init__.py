"""GeoPackage: layers with times and styles, for QGIS and its temporal controller."""
