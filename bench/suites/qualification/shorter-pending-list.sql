-- An INSERT appends to the list, as before. About one in 40 finds it full, and moves it into the index.
ALTER INDEX ix_documents_words SET (gin_pending_list_limit = 64);
