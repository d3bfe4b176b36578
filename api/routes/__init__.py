"""Routes of the HTTP API under /api/v1, and of operations (/healthz, /readyz, /metrics)."""
