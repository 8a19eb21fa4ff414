package dev.tutti.http;

import dev.tutti.api.ReadyView;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Role;
import dev.tutti.core.surface.Surface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whoever looks after the process whether it is up and whether it can do its work. */
public final class HealthEndpoints {

  private static final Logger log = LoggerFactory.getLogger(HealthEndpoints.class);

  private static final String TEXT = "text/plain; charset=utf-8";

  /** A part that does not answer by then is not well. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final List<HealthCheck> checks;

  private HealthEndpoints(List<HealthCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  /** A surface with {@code /healthz} and {@code /readyz} at the root, for anyone. */
  public static Surface surface(List<HealthCheck> checks) {
    HealthEndpoints endpoints = new HealthEndpoints(checks);
    return new Surface(
        "health",
        "",
        List.of(
            new Endpoint(
                    Method.GET,
                    "/healthz",
                    "Says that the process is up.",
                    Role.ANYONE,
                    Void.class,
                    Void.class,
                    _ -> new Answer.Text(200, TEXT, "ok\n"))
                .giving(TEXT),
            new Endpoint(
                    Method.GET,
                    "/readyz",
                    "Says whether this instance can do its work now, part by part.",
                    Role.ANYONE,
                    Void.class,
                    ReadyView.class,
                    _ -> endpoints.ready())
                .answering(200, "It can.")
                .answering(503, "It cannot, because of a part that is not healthy.")));
  }

  private Answer ready() throws InterruptedException {
    List<FutureTask<Health>> asked = new ArrayList<>();
    for (HealthCheck check : checks) {
      FutureTask<Health> task = new FutureTask<>(check.check()::get);
      Thread.ofVirtual().name("http-check-" + check.name()).start(task);
      asked.add(task);
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<ReadyView.Check> results = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      Health health = await(checks.get(i).name(), asked.get(i), deadline - System.nanoTime());
      results.add(new ReadyView.Check(checks.get(i).name(), health.healthy(), health.detail()));
    }
    boolean ready = results.stream().allMatch(ReadyView.Check::healthy);
    return new Answer.Json(ready ? 200 : 503, new ReadyView(ready, results));
  }

  private static Health await(String name, FutureTask<Health> task, long nanos)
      throws InterruptedException {
    try {
      return task.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Health(false, "It does not answer within %d s.".formatted(PATIENCE.toSeconds()));
    } catch (ExecutionException e) {
      log.debug("The check of {} failed", name, e);
      return new Health(false, "The check itself failed: " + e.getMessage());
    } finally {
      task.cancel(true);
    }
  }
}
