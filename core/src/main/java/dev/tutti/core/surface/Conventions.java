package dev.tutti.core.surface;

import java.time.Duration;

/** What every endpoint of our own API does, so that a feature need not. */
public final class Conventions {

  /** Names a request, so that sending it again does nothing twice; see {@link OnceOnly}. */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /** The revision that somebody wants to change, see {@link Revisions}. */
  public static final String IF_MATCH = "If-Match";

  /** The revision that somebody has. */
  public static final String IF_NONE_MATCH = "If-None-Match";

  /** The query parameter that says how long to wait for another revision. */
  public static final String WAIT = "wait";

  /** As long as a request waits at most. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private static final int LONGEST_KEY = 255;

  private Conventions() {}

  /** The endpoint with what is promised for all of its kind. */
  static Endpoint kept(Endpoint endpoint) {
    Endpoint revised = endpoint.subject() == null ? endpoint : revised(endpoint);
    // Who signs in is nobody yet, so the key would be everybody's.
    return revised.method() == Method.GET || revised.role() == Role.ANYONE
        ? revised
        : repeatable(revised);
  }

  private static Endpoint revised(Endpoint endpoint) {
    return endpoint.method() == Method.GET
        ? endpoint
            .with(
                Parameter.header(
                    IF_NONE_MATCH,
                    Form.text(),
                    "The ETag that you have: 304 while it is this one."),
                Parameter.query(
                    WAIT,
                    Form.span(),
                    "Answer when it is no longer as in If-None-Match, or as it is now, at the latest after this time, up to %ds."
                        .formatted(LONGEST_WAIT.toSeconds())))
            .sending("ETag", "Its revision.")
            .refusing(400, "parameter-invalid")
        : endpoint
            .with(
                Parameter.header(
                    IF_MATCH, Form.text(), "Only if it still has this ETag; else 412."))
            .refusing(412, "changed-meanwhile");
  }

  private static Endpoint repeatable(Endpoint endpoint) {
    return endpoint
        .with(
            Parameter.header(
                IDEMPOTENCY_KEY,
                new Form.Text(LONGEST_KEY),
                "Names this request for 24 hours, in 1 to %d letters, digits and signs; sent again with it, it is answered and not done again."
                    .formatted(LONGEST_KEY)))
        .refusing(400, "key-invalid")
        .refusing(409, "request-in-flight")
        .refusing(422, "key-reused");
  }

  /** Whether a text can be a key, without quotes around it. */
  public static boolean isKey(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_KEY
        && text.chars().allMatch(letter -> letter > ' ' && letter < 127);
  }
}
