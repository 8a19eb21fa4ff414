package dev.tutti.core.store;

import java.util.List;

/** Writes that become durable together or not at all. */
public record Transaction(List<Write> writes) {

  /** Larger work is cut into pieces with a cursor that resumes. */
  public static final int MAX_WRITES = 500;

  public Transaction {
    writes = List.copyOf(writes);
    if (writes.size() > MAX_WRITES) {
      throw new IllegalArgumentException(
          "a transaction has at most " + MAX_WRITES + " writes, not " + writes.size());
    }
  }

  public static Transaction of(Write... writes) {
    return new Transaction(List.of(writes));
  }
}
