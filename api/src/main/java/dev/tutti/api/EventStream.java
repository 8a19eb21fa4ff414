package dev.tutti.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection's server-sent events. Used from one thread, but may be closed from any. */
public final class EventStream<T> implements AutoCloseable {
  private final URI server;
  private final InputStream bytes;
  private final BufferedReader lines;
  private final Json json;
  private final Class<T> type;
  private @Nullable String lastId;

  EventStream(URI server, InputStream bytes, Json json, Class<T> type, @Nullable String lastId) {
    this.server = server;
    this.bytes = bytes;
    this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    this.json = json;
    this.type = type;
    this.lastId = lastId;
  }

  /**
   * Waits for the next event; empty when the server ended the stream.
   *
   * @throws ClientFailure.NotReachable when the connection broke
   */
  public Optional<T> next() {
    try {
      StringBuilder data = new StringBuilder();
      String id = null;
      while (true) {
        String line = lines.readLine();
        if (line == null) {
          // What was not closed by an empty line is incomplete and comes again after reconnecting.
          return Optional.empty();
        }
        if (line.isEmpty()) {
          // An id without data moves the place to go on from and is no event.
          lastId = id == null ? lastId : id;
          if (!data.isEmpty()) {
            return Optional.of(read(data));
          }
        } else if (line.startsWith("id:")) {
          id = value(line);
        } else if (line.startsWith("data:")) {
          data.append(value(line)).append('\n');
        }
      }
    } catch (IOException broken) {
      throw new ClientFailure.NotReachable(server, broken);
    }
  }

  /** Where another connection is to go on from; null when nothing has said so yet. */
  public @Nullable String lastId() {
    return lastId;
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException _) {
      // It ended one way or the other.
    }
  }

  private static String value(String line) {
    String value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  private T read(CharSequence data) {
    try {
      return json.read(data.toString().getBytes(StandardCharsets.UTF_8), type);
    } catch (IllegalArgumentException unreadable) {
      throw new ClientFailure.NotUnderstood(
          server, "sent an event that is not this API's JSON", unreadable);
    }
  }
}
