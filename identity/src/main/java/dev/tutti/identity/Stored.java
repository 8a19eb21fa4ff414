package dev.tutti.identity;

import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import java.util.ArrayList;
import java.util.List;

/** Reads all documents of a kind of which there are not many. */
final class Stored {

  private Stored() {}

  static <T extends Record> List<Document<T>> all(Store store, DocumentKind<T> kind) {
    List<Document<T>> all = new ArrayList<>();
    store.each(kind, Query.all(), all::add);
    return all;
  }
}
