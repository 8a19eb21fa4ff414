package dev.tutti.http;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.store.UnreadableDocument;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Audit;
import dev.tutti.core.surface.Caller;
import dev.tutti.core.surface.ErrorRendering;
import dev.tutti.core.surface.Method;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request to its endpoint and its answer, or what went wrong, back to the client. */
final class Dispatcher implements HttpRouting {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final int LONGEST_PATH = 300;
  private static final int INTERNAL = 500;
  private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
  private static final HttpSecurity SECURITY = HttpSecurity.create();

  private final RouteTable routes;
  private final Doorkeeper doorkeeper;
  private final RequestTimes times;
  private final Duration heartbeat;
  private final Audit audit;
  private final Repetition repetition;
  private final Revised revised;

  Dispatcher(RouteTable routes, Doorkeeper doorkeeper, RequestTimes times, HttpSettings settings) {
    this.routes = routes;
    this.doorkeeper = doorkeeper;
    this.times = times;
    this.heartbeat = settings.heartbeat();
    this.audit = settings.audit();
    this.repetition = new Repetition(settings.onceOnly());
    this.revised = new Revised(settings.revisions());
  }

  @Override
  public void route(ConnectionContext context, RoutingRequest request, RoutingResponse response) {
    Connection connection = (Connection) context;
    connection.handling();
    try {
      new Turn(connection, request, response).take();
    } finally {
      connection.idle();
    }
    if (connection.stopping()
        || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
        || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("The answer was the last one");
    }
  }

  /** The roles of endpoints are checked before they are called, see {@link Doorkeeper}. */
  @Override
  public HttpSecurity security() {
    return SECURITY;
  }

  /** One request and its answer. */
  private final class Turn {

    private final RoutingRequest request;
    private final String method;
    private final Exchange exchange;
    private final Connection connection;
    private final long began = System.nanoTime();
    private final String trace;
    private final ErrorRendering errors;
    private @Nullable Route route;
    private @Nullable IncomingRequest incoming;

    Turn(Connection connection, RoutingRequest request, RoutingResponse response) {
      this.connection = connection;
      this.request = request;
      this.method = request.prologue().method().text();
      this.trace = Trace.of(request.headers().first(TRACEPARENT));
      this.errors = routes.errors(request.prologue().uriPath().rawPath());
      this.exchange = new Exchange(connection, response, method.equals("HEAD"), this::measure);
    }

    void take() {
      try {
        Answer answer = answer();
        note(answer.status());
        exchange.send(answer, heartbeat);
      } catch (Refusal e) {
        send(e.problem(), e.headers());
      } catch (RequestException | CloseConnectionException e) {
        // Not ours: what the protocol layer found, or the end of the connection.
        throw e;
      } catch (InterruptedException e) {
        send(Problem.of("unavailable", 503, "The server stops."), Map.of());
        throw new CloseConnectionException("The server stops", e);
      } catch (Failure e) {
        log.debug("{} {} failed (trace {})", method, pattern(), trace, e);
        if (e.problem().status() >= INTERNAL) {
          log.info("{} {} failed (trace {}): {}", method, pattern(), trace, e.getMessage());
        }
        give(e.problem(), headers(e), e);
      } catch (UnreadableDocument e) {
        log.info("{} {} failed (trace {}): {}", method, pattern(), trace, e.getMessage());
        give(Problems.unreadable(e), Map.of(), e);
      } catch (RuntimeException | Error e) {
        log.error("{} {} failed unexpectedly (trace {})", method, pattern(), trace, e);
        give(Problems.internal(trace), Map.of(), e);
      }
    }

    /** Tells the client, unless half an answer is out already: then it has to see it break off. */
    private void give(Problem problem, Map<String, String> headers, Throwable cause) {
      if (exchange.status() != 0) {
        throw new CloseConnectionException("The answer broke off", cause);
      }
      send(problem, headers);
    }

    /** Rounded up, and never none: that would say to come back at once. */
    private static long wholeSeconds(Duration wait) {
      return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    private static Map<String, String> headers(Failure failure) {
      if (failure instanceof Failure.TooMany tooMany) {
        return Map.of("Retry-After", Long.toString(wholeSeconds(tooMany.retryAfter())));
      }
      return failure.problem().status() == 401
          ? Map.of("WWW-Authenticate", Doorkeeper.CHALLENGE)
          : Map.of();
    }

    private void send(Problem problem, Map<String, String> headers) {
      note(problem.status());
      switch (errors) {
        case ErrorRendering.AsProblem _ -> exchange.send(problem, trace, headers);
        case ErrorRendering.Own own ->
            exchange.send(new Answer.WithHeaders(own.answer(problem), headers), heartbeat);
      }
    }

    private Answer answer() throws InterruptedException {
      doorkeeper.checkAddressing(
          request.headers().first(HeaderNames.HOST).orElse(""),
          request.headers().first(HeaderNames.ORIGIN));
      var found = routes.find(method, request.prologue().uriPath().rawPath());
      route = found.route();
      IncomingRequest asked = new IncomingRequest(request, found.parameters());
      incoming = asked;
      doorkeeper.admit(route.surface().authentication(), route.endpoint().role(), asked);
      Route taken = route;
      return NextPage.linked(
          repetition.answer(
              taken.endpoint(),
              asked,
              address(),
              () ->
                  revised.answer(
                      taken.endpoint(),
                      asked,
                      connection::stopping,
                      () -> taken.endpoint().handler().handle(asked))),
          address());
    }

    /** Path and query as they were sent. */
    private String address() {
      String query = request.prologue().query().rawValue();
      String path = request.prologue().uriPath().rawPath();
      return query == null || query.isEmpty() ? path : path + "?" + query;
    }

    /** Who is known and wanted to change something is remembered, before anybody hears of it. */
    private void note(int status) {
      Route taken = route;
      IncomingRequest asked = incoming;
      if (taken == null || asked == null || taken.endpoint().method() == Method.GET) {
        return;
      }
      Optional<Caller> caller = asked.known();
      if (caller.isEmpty()) {
        return;
      }
      String path = request.prologue().uriPath().path();
      audit.note(
          new Audit.Act(
              caller.get(),
              asked.address(),
              taken.endpoint().method(),
              taken.pattern(),
              path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "…" : path,
              status));
    }

    private String pattern() {
      return route == null ? "unmatched" : route.pattern();
    }

    private void measure() {
      times.add(method(), pattern(), exchange.status(), System.nanoTime() - began);
    }

    /** A client may invent methods; the metric may not grow with them. */
    private String method() {
      return route == null ? "any" : route.endpoint().method().name();
    }
  }
}
