package dev.tutti.http.openapi;

import dev.tutti.core.Sha256;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Role;
import dev.tutti.core.surface.Surface;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the description of an API and the page to try it. Both are for anyone: they say what every
 * server of this version can be asked, and nothing of what this one holds; a browser that opens the
 * page has no token yet.
 */
public final class ApiReference {

  private static final Pattern INLINE =
      Pattern.compile("<(script|style)>(.*?)</\\1>", Pattern.DOTALL);

  private final Lock lock = new ReentrantLock();
  private final List<Surface> described;
  private @Nullable String document;

  private ApiReference(List<Surface> surfaces) {
    described = new ArrayList<>(surfaces);
  }

  /** A surface with {@code /openapi.json} and {@code /docs} at the root, which describes itself. */
  public static Surface of(List<Surface> surfaces) {
    ApiReference reference = new ApiReference(surfaces);
    String page = page();
    Map<String, String> strict = Map.of("Content-Security-Policy", policy(page));
    Surface surface =
        new Surface(
            "reference",
            "",
            List.of(
                new Endpoint(
                        Method.GET,
                        "/openapi.json",
                        "Describes this API as OpenAPI 3.1.",
                        Role.ANYONE,
                        Void.class,
                        Void.class,
                        _ -> new Answer.Text(200, "application/json", reference.document()))
                    .giving("application/json"),
                new Endpoint(
                        Method.GET,
                        "/docs",
                        "A page to read this description and to try it.",
                        Role.ANYONE,
                        Void.class,
                        Void.class,
                        _ ->
                            new Answer.WithHeaders(
                                new Answer.Text(200, "text/html; charset=utf-8", page), strict))
                    .giving("text/html; charset=utf-8")));
    reference.described.add(surface);
    return surface;
  }

  /** Made when it is asked for first: a start does not wait for it. */
  private String document() {
    lock.lock();
    try {
      String made = document;
      if (made == null) {
        made =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(OpenApi.of(described))
                + "\n";
        document = made;
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  private static String page() {
    try (InputStream file = ApiReference.class.getResourceAsStream("docs.html")) {
      return new String(
          Objects.requireNonNull(file, "docs.html").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Nothing runs but what stands in the page, nothing is fetched but from here. */
  private static String policy(String page) {
    StringBuilder policy =
        new StringBuilder(
            "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'");
    Matcher inline = INLINE.matcher(page);
    while (inline.find()) {
      policy.append("; %s-src '%s'".formatted(inline.group(1), hash(inline.group(2))));
    }
    return policy.toString();
  }

  private static String hash(String text) {
    return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(text));
  }
}
