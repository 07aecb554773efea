"""The register of awards and the calls in the open formats of the field: 360Giving and CommonGrants."""
