package dev.tutti.http;

import dev.tutti.core.Problem;
import dev.tutti.core.surface.Authentication;
import dev.tutti.core.surface.Authentication.Scheme;
import dev.tutti.core.surface.Authentication.Tokens;
import dev.tutti.core.surface.Authentication.Verdict.Admitted;
import dev.tutti.core.surface.Authentication.Verdict.Turned;
import dev.tutti.core.surface.Caller;
import dev.tutti.core.surface.Callers;
import dev.tutti.core.surface.Role;
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

  /** How to come in; goes into {@code WWW-Authenticate}. */
  static final String CHALLENGE = "Bearer realm=\"tutti\"";

  private final Optional<Callers> callers;
  private final boolean checksHost;
  private final Set<String> names;

  Doorkeeper(HttpSettings settings) {
    this.callers = settings.callers();
    this.checksHost = settings.onLoopback() || !settings.names().isEmpty();
    this.names =
        Stream.concat(settings.names().stream(), Stream.of(settings.host()))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  void checkAddressing(String host, Optional<String> origin) {
    if (checksHost && !isOurs(withoutPort(host.toLowerCase(Locale.ROOT)))) {
      throw new Refusal(
          Problem.of("host-refused", 403, "This server is not '%s'.".formatted(host))
              .suggesting("Use localhost, or add the name to TUTTI_API_NAMES of the server."));
    }
    if (origin.isPresent() && !isSame(origin.get(), host)) {
      throw new Refusal(
          Problem.of(
              "origin-refused",
              403,
              "Web pages from '%s' may not call this server.".formatted(origin.get())));
    }
  }

  /**
   * Finds out who calls, notes it in the request, and lets through who may.
   *
   * @throws Refusal with 401 for whom nobody knows, with 403 for whose role is too low
   */
  void admit(Authentication authentication, Role role, IncomingRequest request) {
    if (role == Role.ANYONE) {
      request.admit(Caller.anyone(Role.ANYONE));
      return;
    }
    switch (authentication) {
      case Tokens _ -> {
        Caller caller = byToken(request.header("Authorization"));
        request.admit(caller);
        requireRole(caller, role);
      }
      case Scheme scheme -> {
        switch (scheme.judge(role, request)) {
          case Admitted(Caller caller) -> request.admit(caller);
          case Turned(Problem problem, String challenge) ->
              throw new Refusal(
                  problem, challenge.isEmpty() ? Map.of() : Map.of("WWW-Authenticate", challenge));
        }
      }
    }
  }

  private Caller byToken(Optional<String> authorization) {
    if (callers.isEmpty()) {
      return Caller.anyone(Role.ADMIN);
    }
    if (authorization.isEmpty()) {
      throw unauthorized("The request carries no token.", CHALLENGE);
    }
    String[] words = authorization.get().trim().split(" +", 2);
    boolean bearer = words.length == 2 && words[0].equalsIgnoreCase("Bearer");
    return callers
        .get()
        .byToken(bearer ? words[1] : "")
        .orElseThrow(() ->
            unauthorized(
                "The token of the request is not one of this server, or no longer.",
                CHALLENGE + ", error=\"invalid_token\""));
  }

  private static void requireRole(Caller caller, Role role) {
    if (!caller.role().includes(role)) {
      throw new Refusal(
          Problem.of(
                  "role-too-low",
                  403,
                  "This is for the role %s; '%s' has the role %s."
                      .formatted(role.word(), caller.name(), caller.role().word()))
              .suggesting(
                  "Ask an admin for it, or for a token: `tutti token add NAME --role %s`."
                      .formatted(role.word())),
          Map.of("WWW-Authenticate", CHALLENGE + ", error=\"insufficient_scope\""));
    }
  }

  private static Refusal unauthorized(String detail, String challenge) {
    return new Refusal(
        Problem.of("token-required", 401, detail)
            .suggesting(
                "Send 'Authorization: Bearer <token>' with a token that an admin or a sign-in gave"
                    + " you, or the content of the file `token` in the data folder."),
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
