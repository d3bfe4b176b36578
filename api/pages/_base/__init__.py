"""What all pages share: layout, rendering, charts, social sharing cards and error pages."""
