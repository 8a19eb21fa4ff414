package dev.tutti.core.store;

import dev.tutti.core.OwnerRef;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the journal: audit, feed and outbox. Nothing is ever rebuilt from it.
 *
 * @param number given by the store's one writer, without holes; 0 until then
 * @param type dotted words, such as {@code model.terminated}
 * @param subject the object it is about, when that is not the owner itself; else the owner's id
 * @param message one sentence for people
 * @param data details for programs: values are text, numbers or booleans
 */
public record JournalEntry(
    long number,
    Instant time,
    OwnerRef owner,
    String type,
    String subject,
    String message,
    Map<String, Object> data) {

  public JournalEntry {
    for (Map.Entry<String, Object> entry : data.entrySet()) {
      if (!(entry.getValue() instanceof String
          || entry.getValue() instanceof Number
          || entry.getValue() instanceof Boolean)) {
        throw new IllegalArgumentException(
            "journal data holds text, numbers and booleans: " + entry.getKey());
      }
    }
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  public JournalEntry numbered(long given) {
    return new JournalEntry(given, time, owner, type, subject, message, data);
  }
}
