package dev.tutti.core.surface;

/** What every endpoint of our own API does, so that a feature need not. */
public final class Conventions {

  /** Names a request, so that sending it again does nothing twice; see {@link OnceOnly}. */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final int LONGEST_KEY = 255;

  private Conventions() {}

  /** The endpoint with what is promised for all of its method. */
  static Endpoint kept(Endpoint endpoint) {
    // Who signs in is nobody yet, so the key would be everybody's.
    return endpoint.method() == Method.GET || endpoint.role() == Role.ANYONE
        ? endpoint
        : endpoint
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
