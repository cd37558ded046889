"""Archives: many documents of two languages, matched, aligned and looked over.

``pairs`` is the list of documents that belong together: what matching writes and what alignment reads. The modules
``match*`` find the pairs, by names, by lists and by what the documents say.
"""
