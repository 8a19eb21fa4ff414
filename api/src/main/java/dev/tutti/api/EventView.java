package dev.tutti.api;

import java.time.Instant;
import java.util.Map;

/**
 * One entry of the journal.
 *
 * @param number grows by one; what a client sends back as {@code Last-Event-ID} or {@code after}
 * @param version of the form of events; one more when a member gets another meaning or goes, not
 *     when one is added
 * @param type dotted words, such as {@code model.terminated}
 * @param owner what it happened to, written {@code kind:id}
 * @param subject the object it is about
 * @param message one sentence
 * @param data details: text, numbers and booleans
 */
public record EventView(
    long number,
    int version,
    Instant time,
    String type,
    String owner,
    String subject,
    String message,
    Map<String, Object> data) {

  /** The form of events that this release writes. */
  public static final int VERSION = 1;
}
