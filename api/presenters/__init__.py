"""View models shared by pages, commands and the API; no HTTP."""
