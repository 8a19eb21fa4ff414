package dev.tutti.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.Sha256;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Conventions;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Making;
import dev.tutti.core.surface.OnceOnly;
import dev.tutti.core.surface.OnceOnly.Made;
import dev.tutti.core.surface.OnceOnly.Rendered;
import dev.tutti.core.surface.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has requests that carry an {@code Idempotency-Key} done once, however often they are sent. */
final class Repetition {

  /** Says that the answer is the one of an earlier sending. */
  static final String REPLAYED = "Idempotency-Replayed";

  private final OnceOnly once;

  Repetition(OnceOnly once) {
    this.once = once;
  }

  /**
   * The answer of an endpoint.
   *
   * @param address path and query as they were sent
   * @param turn what the endpoint does
   */
  Answer answer(Endpoint endpoint, IncomingRequest request, String address, Revised.Turn turn)
      throws InterruptedException {
    Optional<String> key = request.header(Conventions.IDEMPOTENCY_KEY);
    if (key.isEmpty()
        || !endpoint.contract().takes(Parameter.Place.HEADER, Conventions.IDEMPOTENCY_KEY)) {
      return turn.take();
    }
    OnceOnly.Sent sent =
        once.answer(key(endpoint, request, address, bare(key.get())), work(endpoint, turn));
    return answer(sent);
  }

  private static OnceOnly.Key key(
      Endpoint endpoint, IncomingRequest request, String address, String key) {
    if (!Conventions.isKey(key)) {
      throw new Failure.Rejected(
          Problem.of("key-invalid", 400, "This is no Idempotency-Key.")
              .suggesting(
                  "Use 1 to 255 letters, digits and signs without a space, such as a UUID, and"
                      + " another one for each request."));
    }
    String method = endpoint.method().name();
    return new OnceOnly.Key(
        request.caller().name(),
        key,
        method + " " + address.replaceFirst("\\?.*", ""),
        fingerprint(method + " " + address, request.bytes()));
  }

  /** The draft of the header has it in quotes; clients write it without. */
  private static String bare(String key) {
    return key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"")
        ? key.substring(1, key.length() - 1)
        : key;
  }

  private static OnceOnly.Work work(Endpoint endpoint, Revised.Turn turn) {
    return new OnceOnly.Work() {
      @Override
      public Rendered carryOut() throws InterruptedException {
        return rendered(turn.take());
      }

      @Override
      public Optional<Rendered> lookUp(List<Made> made) {
        return endpoint.handler() instanceof Making making
            ? made.stream()
                .filter(one -> one.kind().equals(making.kind().name()))
                .findFirst()
                .map(one -> rendered(making.shown().of(one.id())))
            : Optional.empty();
      }
    };
  }

  private static Rendered rendered(Answer answer) {
    return switch (answer) {
      case Answer.Json(int status, Object body) ->
          new Rendered(status, Exchange.JSON, new String(Json.bytes(body), UTF_8), Map.of());
      case Answer.Text(int status, String type, String body) ->
          new Rendered(status, type, body, Map.of());
      case Answer.Empty(int status) -> new Rendered(status, "", "", Map.of());
      case Answer.WithHeaders(Answer bare, Map<String, String> headers) -> {
        Rendered inner = rendered(bare);
        Map<String, String> all = new HashMap<>(inner.headers());
        all.putAll(headers);
        yield new Rendered(inner.status(), inner.mediaType(), inner.body(), all);
      }
      case Answer.Listed _, Answer.Bytes _, Answer.Events _ ->
          throw new IllegalStateException("what changes something is answered as a whole");
    };
  }

  private static Answer answer(OnceOnly.Sent sent) {
    Rendered rendered = sent.answer();
    Answer bare =
        rendered.mediaType().isEmpty()
            ? new Answer.Empty(rendered.status())
            : new Answer.Text(rendered.status(), rendered.mediaType(), rendered.body());
    Map<String, String> headers = new HashMap<>(rendered.headers());
    if (sent.again()) {
      headers.put(REPLAYED, "true");
    }
    return headers.isEmpty() ? bare : new Answer.WithHeaders(bare, headers);
  }

  private static String fingerprint(String request, byte[] body) {
    return Sha256.hex((request + "\n").getBytes(UTF_8), body);
  }
}
