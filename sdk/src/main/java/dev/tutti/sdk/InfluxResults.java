package dev.tutti.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes results to InfluxDB 1.x over HTTP, in batches while the simulation runs. A batch that is
 * refused is tried a few times, then given up with a warning. A database that is away is waited for
 * as long as the simulation runs and somebody may start it again.
 */
final class InfluxResults implements ResultSink {
  private static final int MOST_WAITING = 100_000;
  private static final int LARGEST_BATCH = 5_000;
  private static final Duration COLLECTS = Duration.ofSeconds(1);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final Duration LAST_WITHIN = Duration.ofSeconds(20);
  private static final Duration RETURNS_WITHIN = Duration.ofMinutes(2);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final int TRIES = 4;

  /** A line that no result is: after it nothing comes. */
  private static final String END = "";

  private final URI address;
  private final LineProtocol form;
  private final Log log;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicInteger lost = new AtomicInteger();
  private final Thread writer;
  private volatile boolean closing;

  /**
   * Why a batch was not written.
   *
   * @param away whether the same batch may be taken when the database is there again
   */
  private record Trouble(String reason, boolean away) {}

  InfluxResults(Environment.Influx influx, LineProtocol form, Log log) {
    this.form = form;
    this.log = log;
    this.address =
        URI.create(
            "http://%s:%d/write?db=%s&precision=s&u=%s&p=%s"
                .formatted(
                    influx.host(),
                    influx.port(),
                    encoded(influx.database()),
                    encoded(influx.user()),
                    encoded(influx.password())));
    this.writer = Thread.ofPlatform().daemon().name("results").start(this::write);
  }

  @Override
  public void keep(Step step, EsdlObject object, Results results) {
    form.line(step, object, results)
        .ifPresent(line -> {
          if (!waiting.offer(line)) {
            lost.incrementAndGet();
          }
        });
  }

  @Override
  public void close() {
    closing = true;
    try {
      if (!waiting.offer(END, LAST_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
          || !writer.join(LAST_WITHIN)) {
        lost.addAndGet(waiting.size());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (lost.get() > 0) {
      log.warning("%d results are not in InfluxDB.".formatted(lost.get()));
    }
  }

  private void write() {
    try {
      List<String> batch = new ArrayList<>();
      boolean ended = false;
      while (!ended) {
        ended = collect(batch);
        if (!batch.isEmpty()) {
          write(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes what comes for a while; true when nothing will come after it. */
  private boolean collect(List<String> batch) throws InterruptedException {
    long deadline = System.nanoTime() + COLLECTS.toNanos();
    while (batch.size() < LARGEST_BATCH) {
      String line = waiting.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        return false;
      }
      if (line.equals(END)) {
        return true;
      }
      batch.add(line);
    }
    return false;
  }

  private void write(List<String> batch) throws InterruptedException {
    byte[] body = String.join("\n", batch).getBytes(StandardCharsets.UTF_8);
    long began = System.nanoTime();
    Duration pause = SHORTEST_PAUSE;
    Optional<Trouble> trouble = post(body);
    for (int tries = 1; trouble.isPresent() && isWorthwhile(trouble.get(), tries, began); tries++) {
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
      trouble = post(body);
    }
    trouble.ifPresent(last -> {
      lost.addAndGet(batch.size());
      log.warning(
          "%d results could not be written to InfluxDB: %s".formatted(batch.size(), last.reason()));
    });
  }

  /** A simulation that is over does not wait for a database that nobody may ever start. */
  private boolean isWorthwhile(Trouble trouble, int tries, long began) {
    return tries < TRIES
        || (trouble.away() && !closing && System.nanoTime() - began < RETURNS_WITHIN.toNanos());
  }

  /** Posts a body; what went wrong, or empty. */
  private Optional<Trouble> post(byte[] body) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout((int) ANSWER_WITHIN.toMillis());
      connection.setReadTimeout((int) ANSWER_WITHIN.toMillis());
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      connection.setRequestProperty("Content-Type", "text/plain; charset=utf-8");
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      int status = connection.getResponseCode();
      if (status / 100 == 2) {
        try (InputStream in = connection.getInputStream()) {
          in.readAllBytes();
        }
        return Optional.empty();
      }
      connection.disconnect();
      return Optional.of(new Trouble("it answered with status " + status, status / 100 == 5));
    } catch (IOException trouble) {
      return Optional.of(new Trouble(trouble.toString(), true));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
