"""What an archive of aligned documents says: its terms, what is inconsistent in it, how wordings change over time.

Every pair is read once (``reading``) and what it holds is kept in the archive file (``kept``), with the number of the
change that it was read at: a pair that is aligned again is read again and no others. What is asked of all pairs is
then added up from these rows, in memory that grows with the words and names in use and not with the texts.
"""
