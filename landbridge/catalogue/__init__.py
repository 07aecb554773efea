"""The living catalogue: organisations, facilities, services, equipment and experts, found, confirmed and opened."""
