package dev.tutti.simulations;

import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Authentication;
import dev.tutti.core.surface.Caller;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Role;
import dev.tutti.core.surface.Surface;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The REST API of the original simulation orchestrator (spec DOTS 3.2 to 3.4), for programs that
 * speak it: its paths, statuses, texts, defaults and the order of its keys. Where the original
 * crashes or says what is not so, this says what is (R-S1): an ESDL that cannot be read and an
 * unknown simulation are no internal errors, and limits are shown as they were asked for.
 */
public final class CompatibilitySurface {

  private static final String BASE = "/api/v1/simulation";
  private static final String HTML = "text/html; charset=utf-8";

  private final OriginalSimulations simulations;
  private final PasswordFlow callers;
  private final FailedLogins failedLogins;
  private final boolean anonymous;

  /**
   * Prepares the surface.
   *
   * @param clock its zone is the one in which times are shown
   */
  public CompatibilitySurface(
      Simulations simulations, Planner planner, CompatibilityAccess access, Clock clock) {
    this.simulations = new OriginalSimulations(simulations, planner, clock);
    this.callers = new PasswordFlow(access, clock);
    this.failedLogins = new FailedLogins(clock);
    this.anonymous = access.anonymous();
  }

  /** The routes of simulations, beside those of our own API; nobody comes in unknown there. */
  public Surface besideOurs() {
    return surface(BASE, simulationRoutes(""), callers);
  }

  /** Everything that the original serves, for a listener of its own, maybe for everybody. */
  public Surface ofItsOwn() {
    List<Endpoint> endpoints = new ArrayList<>(simulationRoutes(BASE));
    endpoints.add(page("/", "Links to the description.", HTML, "original-index.html"));
    endpoints.add(page("/docs", "The description, to try out.", HTML, "original-docs.html"));
    endpoints.add(page("/redoc", "The description, to try out.", HTML, "original-docs.html"));
    endpoints.add(
        page("/openapi.json", "The API as OpenAPI.", "application/json", "original-openapi.json"));
    Authentication.Scheme everybody =
        (_, _) -> new Authentication.Verdict.Admitted(Caller.anyone(Role.OPERATOR));
    return surface("", endpoints, anonymous ? everybody : callers);
  }

  private static Surface surface(
      String base, List<Endpoint> endpoints, Authentication authentication) {
    return new Surface("simulation", base, endpoints, authentication, new OriginalErrors());
  }

  private List<Endpoint> simulationRoutes(String prefix) {
    List<Endpoint> routes = new ArrayList<>();
    routes.add(open(Method.POST, prefix + "/token", "Gives a token.", this::token));
    routes.add(
        route(
            Method.POST,
            prefix + "/start",
            "Starts a simulation.",
            Role.OPERATOR,
            OriginalStatus.class,
            simulations::start));
    routes.add(
        route(
            Method.POST,
            prefix + "/queue",
            "Lets a simulation wait for its turn.",
            Role.OPERATOR,
            OriginalStatus.class,
            simulations::queue));
    routes.add(
        route(
            Method.GET,
            prefix + "/{simulation_id}",
            "Shows a simulation.",
            Role.VIEWER,
            OriginalStatus.class,
            simulations::get));
    routes.add(
        route(
            Method.GET,
            prefix + "/",
            "Lists simulations.",
            Role.VIEWER,
            Object.class,
            _ -> simulations.list()));
    routes.add(
        route(
            Method.DELETE,
            prefix + "/{simulation_id}",
            "Ends a simulation and forgets it.",
            Role.OPERATOR,
            OriginalStatus.class,
            simulations::delete));
    for (Method method : Method.values()) {
      routes.add(moved(method, prefix, "", BASE + "/"));
      for (String word : List.of("token", "start", "queue")) {
        routes.add(moved(method, prefix, "/" + word + "/", BASE + "/" + word));
      }
    }
    return routes;
  }

  /** The original's framework sends clients that mistake a slash at the end to the right path. */
  private Endpoint moved(Method method, String prefix, String path, String to) {
    return open(
        method,
        prefix + path,
        "Leads to the path with the right ending.",
        request ->
            new Answer.WithHeaders(
                new Answer.Empty(307),
                Map.of(
                    "Location",
                    request.header("Host").map(host -> "http://" + host).orElse("") + to)));
  }

  private Answer token(Request request) throws InterruptedException {
    FormBody form = new FormBody(request.bytes());
    List<Finding> findings = new ArrayList<>();
    Optional<String> grant = form.field("grant_type").filter(type -> !type.contains("password"));
    if (grant.isPresent()) {
      findings.add(
          new Finding(
              List.of("grant_type"),
              "string does not match regex \"password\"",
              "value_error.str.regex",
              Map.of("pattern", "password")));
    }
    String name = required(form, "username", findings);
    String password = required(form, "password", findings);
    if (!findings.isEmpty()) {
      return OriginalErrors.unprocessable(findings);
    }
    return login(request.address(), name, password);
  }

  private Answer login(String address, String name, String password) throws InterruptedException {
    Optional<Duration> wait = failedLogins.toWait(address);
    if (wait.isPresent()) {
      long seconds = wait.get().toSeconds() + 1;
      return new Answer.WithHeaders(
          OriginalErrors.detail(
              429, "Too many failed logins. Try again in %d seconds.".formatted(seconds)),
          Map.of("Retry-After", Long.toString(seconds)));
    }
    Optional<String> token = callers.login(name, password, address);
    if (token.isEmpty()) {
      failedLogins.failed(address);
      return new Answer.WithHeaders(
          OriginalErrors.detail(401, "Incorrect username or password"),
          Map.of("WWW-Authenticate", PasswordFlow.CHALLENGE));
    }
    failedLogins.succeeded(address);
    return Answer.ok(new Token(token.get(), "bearer"));
  }

  private static String required(FormBody form, String field, List<Finding> findings) {
    Optional<String> value = form.field(field);
    if (value.isEmpty()) {
      findings.add(Finding.of(List.of(field), "field required", "value_error.missing"));
    }
    return value.orElse("");
  }

  private static Endpoint page(String path, String summary, String type, String resource) {
    String text = resource(resource);
    return open(Method.GET, path, summary, _ -> new Answer.Text(200, type, text));
  }

  private static Endpoint open(
      Method method, String path, String summary, Endpoint.Handler handler) {
    return route(method, path, summary, Role.ANYONE, Object.class, handler);
  }

  private static Endpoint route(
      Method method,
      String path,
      String summary,
      Role role,
      Class<?> response,
      Endpoint.Handler handler) {
    Class<?> body = method == Method.POST ? Object.class : Void.class;
    return new Endpoint(method, path, summary, role, body, response, handler);
  }

  private static String resource(String name) {
    try (InputStream in = CompatibilitySurface.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource %s is missing.".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
