package dev.tutti.simulations.results;

import dev.tutti.core.Failure;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Role;
import dev.tutti.core.surface.Surface;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of InfluxDB 1.x that calculation services use: be there, make a database, take points.
 * There is one database whatever it is called; which simulation a point belongs to is in its tags.
 */
public final class InfluxSurface {

  private static final Pattern CREATE_DATABASE =
      Pattern.compile("\\s*CREATE\\s+DATABASE\\s+\\S.*", Pattern.CASE_INSENSITIVE);
  private static final int SHOWN = 3;

  private final Results results;
  private final Account account;
  private final Clock clock;

  /** What clients have to show, as InfluxDB takes it: {@code u} and {@code p}, or basic. */
  public record Account(String user, String password) {

    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
      return "Account[%s]".formatted(user);
    }
  }

  /** The shape of every failure of InfluxDB. */
  public record Trouble(String error) {}

  /** The answer to a query without a result. */
  public record QueryAnswer(List<Map<String, Integer>> results) {}

  public InfluxSurface(Results results, Account account, Clock clock) {
    this.results = results;
    this.account = account;
    this.clock = clock;
  }

  /** To be served at the root of a listener of its own: its callers have no token of ours. */
  public Surface surface() {
    return new Surface(
        "results",
        "",
        List.of(
            open(Method.GET, "/ping", "Whether it is there", _ -> Answer.noContent()),
            open(Method.GET, "/query", "Makes a database", known(this::query)),
            open(Method.POST, "/query", "Makes a database", known(this::query)),
            open(Method.POST, "/write", "Takes points in line protocol", known(this::write))));
  }

  private static Endpoint open(
      Method method, String path, String summary, Endpoint.Handler handler) {
    return new Endpoint(method, path, summary, Role.ANYONE, Void.class, Void.class, handler);
  }

  private Endpoint.Handler known(Endpoint.Handler handler) {
    return request -> {
      if (!isAuthorized(request)) {
        return new Answer.Json(401, new Trouble("authorization failed"));
      }
      try {
        return handler.handle(request);
      } catch (Failure failure) {
        return new Answer.Json(
            failure.problem().status(), new Trouble(failure.problem().sentence()));
      }
    };
  }

  private boolean isAuthorized(Request request) {
    Optional<String> basic =
        request
            .header("Authorization")
            .filter(text -> text.regionMatches(true, 0, "Basic ", 0, "Basic ".length()))
            .map(text -> decoded(text.substring("Basic ".length()).strip()));
    String shown =
        basic.orElseGet(() -> request.query("u").orElse("") + ":" + request.query("p").orElse(""));
    return MessageDigest.isEqual(
        shown.getBytes(StandardCharsets.UTF_8),
        (account.user() + ":" + account.password()).getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noBase64) {
      return "";
    }
  }

  private Answer query(Request request) {
    String query = request.query("q").orElse("");
    if (CREATE_DATABASE.matcher(query).matches()) {
      return Answer.ok(new QueryAnswer(List.of(Map.of("statement_id", 0))));
    }
    return new Answer.Json(
        400,
        new Trouble(
            "only CREATE DATABASE is understood here: read results with 'tutti simulation"
                + " results', or give the simulations an InfluxDB"));
  }

  private Answer write(Request request) {
    Optional<Precision> precision = Precision.of(request.query("precision").orElse("n"));
    if (precision.isEmpty()) {
      return new Answer.Json(400, new Trouble("invalid precision, use n, u, ms, s, m or h"));
    }
    Instant now = clock.instant();
    LineProtocol.Read read =
        LineProtocol.read(
            new String(request.bytes(), StandardCharsets.UTF_8),
            precision.get(),
            now.getEpochSecond() * Precision.SECONDS.nanos() + now.getNano());
    results.add(read.points());
    if (read.wrong().isEmpty()) {
      return Answer.noContent();
    }
    List<String> shown = read.wrong().subList(0, Math.min(SHOWN, read.wrong().size()));
    return new Answer.Json(
        400,
        new Trouble(
            "partial write: %s dropped=%d"
                .formatted(String.join("; ", shown), read.wrong().size())));
  }
}
