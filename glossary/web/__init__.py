"""The review page: a thin local web page on the project file. Parse, call the core, render.

``app.create`` makes the application, ``guard.Guard`` keeps others out, ``serve.serve`` runs it; each screen is a
module in ``screens``. Nothing of it is imported unless ``concord review`` runs.
"""
