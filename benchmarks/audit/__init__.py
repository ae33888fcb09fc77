"""An audit of published answers by means of its own: nothing here comes from what decides."""
