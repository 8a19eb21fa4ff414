package dev.tutti.http;

import dev.tutti.core.Problem;
import dev.tutti.core.surface.Authentication;
import dev.tutti.core.surface.Authentication.InstanceToken;
import dev.tutti.core.surface.Authentication.Scheme;
import dev.tutti.core.surface.Authentication.Verdict.Admitted;
import dev.tutti.core.surface.Authentication.Verdict.Turned;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides who comes in: by token or as a surface wants it, and against web pages that make a
 * browser call us.
 *
 * <p>A page from elsewhere may send requests to a loopback address, or point its own name at one
 * (DNS rebinding). The first shows in the Origin field, the second in the Host field.
 */
final class Doorkeeper {

  private final Optional<byte[]> token;
  private final boolean checksHost;
  private final Set<String> names;

  Doorkeeper(HttpSettings settings) {
    this.token = settings.token().map(text -> text.getBytes(StandardCharsets.UTF_8));
    this.checksHost = settings.onLoopback();
    this.names =
        Stream.concat(settings.names().stream(), Stream.of(settings.host()))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  void checkAddressing(String host, Optional<String> origin) {
    if (checksHost && !isOurs(withoutPort(host.toLowerCase(Locale.ROOT)))) {
      throw new Refusal(
          Problem.of("host-refused", 403, "This server is not '%s'.".formatted(host))
              .suggesting("Use localhost, or add the name to the server's configuration."));
    }
    if (origin.isPresent() && !isSame(origin.get(), host)) {
      throw new Refusal(
          Problem.of(
              "origin-refused",
              403,
              "Web pages from '%s' may not call this server.".formatted(origin.get())));
    }
  }

  void checkCaller(Authentication authentication, Role role, Request request) {
    if (role == Role.ANYONE) {
      return;
    }
    switch (authentication) {
      case InstanceToken _ -> checkToken(request.header("Authorization"));
      case Scheme scheme -> {
        switch (scheme.judge(role, request)) {
          case Admitted _ -> {
            // Welcome.
          }
          case Turned(Problem problem, String challenge) ->
              throw new Refusal(
                  problem, challenge.isEmpty() ? Map.of() : Map.of("WWW-Authenticate", challenge));
        }
      }
    }
  }

  private void checkToken(Optional<String> authorization) {
    if (token.isEmpty()) {
      return;
    }
    if (authorization.isEmpty()) {
      throw unauthorized("The request carries no token.", "Bearer realm=\"tutti\"");
    }
    String[] words = authorization.get().trim().split(" +", 2);
    boolean bearer = words.length == 2 && words[0].equalsIgnoreCase("Bearer");
    byte[] shown = (bearer ? words[1] : "").getBytes(StandardCharsets.UTF_8);
    // Compared in constant time, so that nobody can guess the token letter by letter.
    if (!MessageDigest.isEqual(token.get(), shown)) {
      throw unauthorized(
          "The token of the request is not the one of this server.",
          "Bearer realm=\"tutti\", error=\"invalid_token\"");
    }
  }

  private static Refusal unauthorized(String detail, String challenge) {
    return new Refusal(
        Problem.of("token-required", 401, detail)
            .suggesting(
                "Send 'Authorization: Bearer <token>' with the content of the file `token` in the"
                    + " data folder."),
        Map.of("WWW-Authenticate", challenge));
  }

  private boolean isOurs(String name) {
    return names.contains(name)
        || name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  private static boolean isSame(String origin, String host) {
    return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }
}
