package dev.tutti.http;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.surface.Caller;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Role;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request of Helidon's, as an endpoint sees it. */
final class IncomingRequest implements Request {

  private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m)");

  private final ServerRequest request;
  private final Map<String, String> parameters;
  private @Nullable Map<String, String> query;
  private @Nullable Caller caller;
  private byte @Nullable [] body;

  IncomingRequest(ServerRequest request, Map<String, String> parameters) {
    this.request = request;
    this.parameters = parameters;
  }

  /** Notes who calls, once that is known. */
  void admit(Caller known) {
    caller = known;
  }

  /** Who calls; empty when nobody in particular does, or it is not known yet. */
  Optional<Caller> known() {
    return Optional.ofNullable(caller).filter(known -> known.role() != Role.ANYONE);
  }

  @Override
  public Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("Nobody has looked who calls yet.");
    }
    return caller;
  }

  @Override
  public String address() {
    return request.remotePeer().address() instanceof InetSocketAddress peer
        ? peer.getAddress().getHostAddress().replaceFirst("%.*", "")
        : "";
  }

  @Override
  public String path(String parameter) {
    String value = parameters.get(parameter);
    if (value == null) {
      throw new IllegalArgumentException(
          "The route has no parameter '%s', only %s.".formatted(parameter, parameters.keySet()));
    }
    return value;
  }

  @Override
  public Optional<String> query(String parameter) {
    if (query == null) {
      query = parse(request.prologue().query().rawValue());
    }
    return Optional.ofNullable(query.get(parameter));
  }

  @Override
  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  @Override
  public <T extends Record> T body(Class<T> type) {
    byte[] bytes = bytes();
    if (bytes.length > 0) {
      requireJson();
    }
    return Json.read(bytes, type);
  }

  @Override
  public int number(String parameter, int otherwise, int min, int max) {
    Optional<String> text = query(parameter);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words as a number out of bounds.
    }
    throw new Failure.Rejected(
        Problem.of(
            "parameter-invalid",
            400,
            "The parameter '%s' has to be a whole number from %d to %d, not '%s'."
                .formatted(parameter, min, max, shortened(text.get()))));
  }

  /**
   * A query parameter as a length of time, such as {@code 30s}; zero without it.
   *
   * @throws Failure.Rejected when it is none, or longer than that
   */
  Duration span(String parameter, Duration longest) {
    Optional<String> text = query(parameter);
    if (text.isEmpty()) {
      return Duration.ZERO;
    }
    Matcher matcher = SPAN.matcher(text.get());
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      Duration span =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
          };
      if (span.compareTo(longest) <= 0) {
        return span;
      }
    }
    throw new Failure.Rejected(
        Problem.of(
                "parameter-invalid",
                400,
                "The parameter '%s' has to be a time up to %d s, not '%s'."
                    .formatted(parameter, longest.toSeconds(), shortened(text.get())))
            .suggesting("Write it as 30s, 500ms or 1m; ask again when it is over."));
  }

  @Override
  public byte[] bytes() {
    byte[] known = body;
    if (known == null) {
      known = read();
      body = known;
    }
    return known;
  }

  private byte[] read() {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (var body = request.content().inputStream()) {
      return body.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RequestException | CloseConnectionException e) {
      throw e;
    } catch (RuntimeException e) {
      // The framing of chunks. Where the next request begins nobody knows: the connection ends.
      throw RequestException.builder()
          .type(DirectHandler.EventType.BAD_REQUEST)
          .message("The body is framed wrongly")
          .cause(e)
          .build();
    }
  }

  /**
   * Browsers send a page's form anywhere without asking, but never as JSON: demanding the type is a
   * line of defence, not a formality.
   */
  private void requireJson() {
    String type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    String bare = type.replaceFirst(";.*", "").trim();
    if (!bare.equals("application/json") && !bare.matches("application/[\\w.-]+\\+json")) {
      throw new Refusal(
          Problem.of("media-type-unsupported", 415, "The body has to be JSON.")
              .suggesting("Send it with 'Content-Type: application/json'."));
    }
  }

  private static Map<String, String> parse(@Nullable String raw) {
    Map<String, String> values = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        if (!pair.isEmpty()) {
          int equals = pair.indexOf('=');
          String name = equals < 0 ? pair : pair.substring(0, equals);
          String value = equals < 0 ? "" : pair.substring(equals + 1);
          values.putIfAbsent(PercentText.decodeForm(name), PercentText.decodeForm(value));
        }
      }
    }
    return values;
  }

  private static String shortened(String text) {
    return text.length() > 50 ? text.substring(0, 50) + "…" : text;
  }
}
