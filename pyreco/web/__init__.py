"""The workbench in a browser and the JSON API, both of one server; the only room that knows FastAPI and Jinja."""
