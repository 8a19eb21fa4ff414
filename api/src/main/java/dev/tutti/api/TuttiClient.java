package dev.tutti.api;

import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a server's REST API, blocking. Safe for use by several threads.
 *
 * <p>Every method throws a {@link ClientFailure} when it does not succeed.
 */
public final class TuttiClient {
  private static final String BASE = "/api/v1/";
  private static final int PAGE = 1000;
  private static final Duration TO_MAKE_A_BACKUP = Duration.ofMinutes(30);

  private final URI server;
  private final @Nullable String token;
  private final Json json;
  private final Timeouts timeouts;
  private final @Nullable SSLSocketFactory trusted;

  /**
   * Talks to nobody yet.
   *
   * @param server such as {@code http://127.0.0.1:7070}
   * @param token null to send none
   */
  public TuttiClient(URI server, @Nullable String token, Json json, Timeouts timeouts) {
    this(server, token, json, timeouts, null);
  }

  /**
   * Talks to nobody yet.
   *
   * @param server such as {@code https://tutti.example:7070}
   * @param token null to send none
   * @param trusted whom to believe about certificates, see {@link Trust}; null for whom Java does
   */
  public TuttiClient(
      URI server,
      @Nullable String token,
      Json json,
      Timeouts timeouts,
      @Nullable SSLSocketFactory trusted) {
    this.trusted = trusted;
    this.server = server;
    this.token = token;
    this.json = json;
    this.timeouts = timeouts;
  }

  public URI server() {
    return server;
  }

  /** What runs there, as a {@link VersionView} or as another type that JSON can be read as. */
  public <T> T version(Class<T> type) {
    Exchange exchange = exchange("version", Map.of());
    return read(exchange.call("GET", null), type, "version");
  }

  /** One object by its full id. */
  public <T> T get(Resource<T> resource, String id) {
    String path = path(resource, id);
    return read(exchange(path, Map.of()).call("GET", null), resource.type(), path);
  }

  /** One object by its full id, and what its state is known by. */
  public <T> Seen<T> see(Resource<T> resource, String id) {
    String path = path(resource, id);
    Exchange exchange = exchange(path, Map.of());
    T value = read(exchange.call("GET", null), resource.type(), path);
    return new Seen<>(value, exchange.header("ETag"));
  }

  /**
   * Waits until an object is no longer as it was seen, or the time is over.
   *
   * @param atMost up to a minute
   */
  public <T> Seen<T> next(Resource<T> resource, String id, Seen<T> seen, Duration atMost) {
    String path = path(resource, id);
    Exchange exchange =
        exchange(path, Map.of("wait", atMost.toMillis() + "ms"))
            .header("If-None-Match", seen.tag())
            .silence(timeouts.answer().plus(atMost));
    byte[] answer = exchange.call("GET", null);
    return exchange.unchanged()
        ? seen
        : new Seen<>(read(answer, resource.type(), path), exchange.header("ETag"));
  }

  /**
   * A page of a collection.
   *
   * @param filter query parameters of that collection
   * @param cursor {@code next} of the page before; null for the first page
   */
  public <T> Page<T> page(
      Resource<T> resource, Map<String, String> filter, @Nullable String cursor, int limit) {
    Map<String, String> query = new LinkedHashMap<>(filter);
    if (cursor != null) {
      query.put("cursor", cursor);
    }
    query.put("limit", Integer.toString(limit));
    byte[] answer = exchange(resource.path(), query).call("GET", null);
    try {
      return json.readPage(answer, resource.type());
    } catch (IllegalArgumentException unreadable) {
      throw notUnderstood(resource.path(), unreadable);
    }
  }

  /** All pages of a collection. */
  public <T> List<T> list(Resource<T> resource, Map<String, String> filter) {
    List<T> all = new ArrayList<>();
    String cursor = null;
    do {
      Page<T> page = page(resource, filter, cursor, PAGE);
      all.addAll(page.items());
      if (page.next() != null && page.next().equals(cursor)) {
        throw new ClientFailure.NotUnderstood(
            address(resource.path(), Map.of()), "gave the same page twice", null);
      }
      cursor = page.next();
    } while (cursor != null);
    return all;
  }

  /**
   * Asks for the end of a deployment or model; returns once that is accepted.
   *
   * @param grace how long it may take to end by itself; null for the server's usual time
   */
  public <T> T stop(Resource<T> resource, String id, @Nullable Duration grace) {
    String path = path(resource, id) + "/stop";
    Map<String, String> query =
        grace == null ? Map.of() : Map.of("grace", Long.toString(grace.toSeconds()));
    return read(exchange(path, query).call("POST", new byte[0]), resource.type(), path);
  }

  /** Why one object is as it is; as an {@link ExplanationView} or another type. */
  public <T> T explain(Resource<?> resource, String id, Class<T> type) {
    String path = path(resource, id) + "/explain";
    return read(exchange(path, Map.of()).call("GET", null), type, path);
  }

  /** Has something done to one object that answers with nothing: {@code retry}, {@code skip}. */
  public void act(Resource<?> resource, String id, String verb) {
    byte[] _ = exchange(path(resource, id) + "/" + verb, Map.of()).call("POST", new byte[0]);
  }

  /**
   * What the server's own checks find; as a {@link DoctorView} or another type.
   *
   * @param deep whether they may read everything, however long that takes
   */
  public <T> T doctor(boolean deep, Class<T> type) {
    byte[] answer =
        exchange("doctor", Map.of("deep", Boolean.toString(deep)))
            .silence(deep ? Duration.ZERO : timeouts.answer())
            .call("GET", null);
    return read(answer, type, "doctor");
  }

  /**
   * The output of a model or workload, byte for byte; the caller closes the stream.
   *
   * @param tail how many of the last lines to begin with; null for all
   * @param follow whether to go on until the workload ends, however long it is silent
   */
  public InputStream logs(Resource<?> resource, String id, @Nullable Integer tail, boolean follow) {
    Map<String, String> query = new LinkedHashMap<>();
    if (tail != null) {
      query.put("tail", tail.toString());
    }
    if (follow) {
      query.put("follow", "true");
    }
    return exchange(path(resource, id) + "/logs", query)
        .header("Accept", "text/plain, application/problem+json")
        .silence(follow ? Duration.ZERO : timeouts.answer())
        .send("GET", null);
  }

  /** A {@link BackupArchive} of the server, made now; the caller closes the stream. */
  public InputStream backup() {
    return exchange("backup", Map.of())
        .header("Accept", "application/zip, application/problem+json")
        .silence(TO_MAKE_A_BACKUP)
        .send("GET", null);
  }

  /** Creates or replaces an object. */
  public void put(Resource<?> resource, String id, Object body) {
    byte[] _ = exchange(path(resource, id), Map.of()).call("PUT", json.write(body));
  }

  /** Replaces a part of an object. */
  void put(Resource<?> resource, String id, String part, Object body) {
    byte[] _ = exchange(path(resource, id) + "/" + part, Map.of()).call("PUT", json.write(body));
  }

  public void delete(Resource<?> resource, String id) {
    byte[] _ = exchange(path(resource, id), Map.of()).call("DELETE", null);
  }

  /**
   * The journal as it grows, until the connection ends; {@link EventFollower} goes on after that.
   *
   * @param type {@link EventView}, or another type that its JSON can be read as
   * @param after the number after which to begin; null to begin now
   * @param filter query parameters that say which events: {@code owner}, {@code type}, {@code
   *     subject}
   */
  public <T> EventStream<T> events(
      Class<T> type, @Nullable String after, Map<String, String> filter) {
    InputStream stream =
        exchange("events", filter)
            .header("Accept", "text/event-stream, application/problem+json")
            .header("Cache-Control", "no-store")
            .header("Last-Event-ID", after)
            .silence(timeouts.silence())
            .send("GET", null);
    return new EventStream<>(server, stream, json, type, after);
  }

  Exchange exchange(String path, Map<String, String> query) {
    return new Exchange(server, address(path, query), timeouts, json)
        .trusting(trusted)
        .header("Authorization", token == null ? null : "Bearer " + token);
  }

  private URI address(String path, Map<String, String> query) {
    StringBuilder address = new StringBuilder(server.toString());
    while (!address.isEmpty() && address.charAt(address.length() - 1) == '/') {
      address.setLength(address.length() - 1);
    }
    address.append(BASE).append(path);
    char mark = '?';
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      address.append(mark).append(parameter.getKey()).append('=');
      address.append(encoded(parameter.getValue()));
      mark = '&';
    }
    return URI.create(address.toString());
  }

  static String path(Resource<?> resource, String id) {
    return resource.path() + "/" + encoded(id);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
  }

  <T> T read(byte[] answer, Class<T> type, String path) {
    try {
      return json.read(answer, type);
    } catch (IllegalArgumentException unreadable) {
      throw notUnderstood(path, unreadable);
    }
  }

  /** All items of a list that is no {@link Resource}, on however many pages. */
  <T> List<T> items(String path, Map<String, String> query, Class<T> type) {
    List<T> all = new ArrayList<>();
    Map<String, String> asked = new LinkedHashMap<>(query);
    String cursor = null;
    do {
      Page<T> page = readPage(exchange(path, asked).call("GET", null), type, path);
      all.addAll(page.items());
      cursor = page.next();
      asked.put("cursor", cursor == null ? "" : cursor);
    } while (cursor != null);
    return all;
  }

  private <T> Page<T> readPage(byte[] answer, Class<T> type, String path) {
    try {
      return json.readPage(answer, type);
    } catch (IllegalArgumentException unreadable) {
      throw notUnderstood(path, unreadable);
    }
  }

  private ClientFailure notUnderstood(String path, IllegalArgumentException unreadable) {
    return new ClientFailure.NotUnderstood(
        address(path, Map.of()), "answered what is not this API's JSON", unreadable);
  }
}
