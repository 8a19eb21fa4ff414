package dev.tutti.http;

import dev.tutti.core.Problem;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.context.Context;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * HTTP/1.1 as Helidon speaks it, set up for our connections.
 *
 * <p>Helidon's own listener is left out: it never ends the timer of its idle connections, does not
 * bound how long a header takes or a client may refuse to read, and swallows why a port could not
 * be bound. What it does beside is to accept and to run a thread, see {@link Listener}.
 */
final class HttpProtocol implements ListenerContext, AutoCloseable {

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Context context = Context.create();
  private final MediaContext media =
      MediaContext.builder().mediaSupportsDiscoverServices(false).build();
  private final ContentEncodingContext encodings =
      ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build();
  private final DirectHandlers directHandlers;
  private final ListenerConfig config;
  private final Http1ConnectionSelector http1;
  private final Router router;
  private final Limit requests = FixedLimit.create();

  HttpProtocol(HttpLimits limits, HttpRouting routing) {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, HttpProtocol::refuse);
    }
    this.directHandlers = handlers.build();
    this.config =
        ListenerConfig.builder()
            .protocolsDiscoverServices(false)
            .maxPayloadSize(limits.maxBodyBytes())
            // The words of the protocol layer are ours to replace, see refuse.
            .errorHandling(ErrorHandling.builder().includeEntity(true).build())
            .buildPrototype();
    this.http1 =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .maxPrologueLength(limits.maxRequestLineBytes())
                    .maxHeadersSize(limits.maxHeaderBytes())
                    .sendKeepAliveHeader(false)
                    // Ours are stricter: see PercentText.
                    .validatePath(false)
                    .validatePrologue(false)
                    .build())
            .build();
    this.router = new SingleRouter(routing);
  }

  /** Serves the requests of a connection until it ends. */
  void speak(Connection connection) throws InterruptedException {
    http1.connection(connection).handle(requests);
  }

  private static DirectHandler.TransportResponse refuse(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    // What goes wrong in an endpoint never comes here, see Dispatcher: an internal error is one of
    // the parser, over a request that it did not expect.
    int code = type == DirectHandler.EventType.INTERNAL_ERROR ? 400 : status.code();
    Problem problem = Problems.ofProtocol(code, message == null ? "" : message);
    return DirectHandler.TransportResponse.builder()
        .status(Status.create(problem.status()))
        .headers(headers)
        .keepAlive(false)
        .header(HeaderNames.CONTENT_TYPE, Problems.MEDIA_TYPE)
        .entity(Json.bytes(Problems.view(problem, Trace.fresh())))
        .build();
  }

  Router router() {
    return router;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public MediaContext mediaContext() {
    return media;
  }

  @Override
  public ContentEncodingContext contentEncodingContext() {
    return encodings;
  }

  @Override
  public DirectHandlers directHandlers() {
    return directHandlers;
  }

  @Override
  public ListenerConfig config() {
    return config;
  }

  @Override
  public ExecutorService executor() {
    return executor;
  }

  /** A router with one way to go. */
  private record SingleRouter(HttpRouting only) implements Router {

    @Override
    public <T extends Routing> T routing(Class<T> type, T otherwise) {
      return type.isInstance(only) ? type.cast(only) : otherwise;
    }

    @Override
    public List<? extends Routing> routings() {
      return List.of(only);
    }

    @Override
    public void beforeStart() {}

    @Override
    public void afterStop() {}
  }
}
