"""What all pages share: the frame, rendering, charts, cards for sharing, error pages."""
