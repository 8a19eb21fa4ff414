package dev.tutti.store;

import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes with their bodies as bytes, made on the caller's thread so that the writer only writes.
 */
// Never compared: the arrays go straight into a statement.
@SuppressWarnings("ArrayRecordComponent")
sealed interface Prepared {

  record Insert(Write.PutDocument<?> put, Attributes attributes, byte[] body) implements Prepared {}

  record Update(Write.PutDocument<?> put, Attributes attributes, byte[] body) implements Prepared {}

  record Append(Write.AppendJournal append, byte[] data) implements Prepared {}

  record Add(Write.AddCommand add, byte[] body) implements Prepared {}

  /** Deletes journal entries up to a number. */
  record Prune(long upTo) implements Prepared {}

  /** A write that has no body. */
  record Plain(Write write) implements Prepared {}

  static List<Prepared> of(Transaction transaction, BodyJson json) {
    List<Prepared> prepared = new ArrayList<>(transaction.writes().size());
    for (Write write : transaction.writes()) {
      prepared.add(
          switch (write) {
            case Write.PutDocument<?> put -> document(put, json);
            case Write.AppendJournal append ->
                new Append(append, json.write(append.entry().data()));
            case Write.AddCommand add -> new Add(add, json.write(add.command().body()));
            case Write.DeleteDocument _,
                Write.MarkSent _,
                Write.ForgetCommand _,
                Write.SetTimer _,
                Write.CancelTimer _ ->
                new Plain(write);
          });
    }
    return prepared;
  }

  private static <T extends Record> Prepared document(Write.PutDocument<T> put, BodyJson json) {
    DocumentKind<T> kind = put.kind();
    Attributes attributes = kind.index().apply(put.body());
    byte[] body = json.write(put.body());
    return put.expectedVersion() == 0
        ? new Insert(put, attributes, body)
        : new Update(put, attributes, body);
  }
}
