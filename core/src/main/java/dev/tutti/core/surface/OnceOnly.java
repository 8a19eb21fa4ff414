package dev.tutti.core.surface;

import dev.tutti.core.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sees to it that a request that is sent again under the same key has its effect once. */
@FunctionalInterface
public interface OnceOnly {

  /**
   * Has a request carried out, or gives the answer that its first sending got.
   *
   * @throws Failure.Rejected with 422 when the key was used for another request
   * @throws Failure.TooMany with 409 while the first sending is being carried out
   */
  Sent answer(Key key, Work work) throws InterruptedException;

  /** Keeps nothing: every sending is carried out. */
  static OnceOnly never() {
    return (_, work) -> new Sent(work.carryOut(), false);
  }

  /**
   * What makes two requests the same.
   *
   * @param caller whose key it is; others may use the same
   * @param key as the client chose it
   * @param request method and path, for people
   * @param fingerprint of method, address and body
   */
  record Key(String caller, String key, String request, String fingerprint) {}

  /** A request that can be carried out. */
  interface Work {

    /** Carries it out. What it writes to the store remembers the key in the same transaction. */
    Rendered carryOut() throws InterruptedException;

    /**
     * The answer to a request whose effect is durable, while the answer went with a process; empty
     * when carrying it out again does no harm and gives the answer.
     */
    Optional<Rendered> lookUp(List<Made> made);
  }

  /** A document that a request made. */
  record Made(String kind, String id) {}

  /** An answer as it goes out. The body may hold a secret, so its text does not show it. */
  record Rendered(int status, String mediaType, String body, Map<String, String> headers) {

    public Rendered {
      headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
      return "Rendered[%d, %s]".formatted(status, mediaType);
    }
  }

  /**
   * What goes out.
   *
   * @param again whether an earlier sending got the same answer
   */
  record Sent(Rendered answer, boolean again) {}
}
