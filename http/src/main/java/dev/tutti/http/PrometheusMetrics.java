package dev.tutti.http;

import dev.tutti.core.Metrics;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Role;
import dev.tutti.core.surface.Surface;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The numbers of this program, kept in memory and read by Prometheus at {@code /metrics}. */
public final class PrometheusMetrics implements Metrics {

  private static final Logger log = LoggerFactory.getLogger(PrometheusMetrics.class);

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final RequestTimes requestTimes = new RequestTimes(registry);

  public PrometheusMetrics() {
    JvmGauges.register(this);
  }

  @Override
  public Counter counter(String name, String help, String label) {
    return counters.computeIfAbsent(name, _ -> register(name, help, label));
  }

  @Override
  public void gauge(String name, String help, LongSupplier value) {
    number(name, help, value::getAsLong);
  }

  /** A surface with {@code /metrics} at the root. */
  public Surface surface(Role role) {
    return new Surface(
        "metrics",
        "",
        List.of(
            new Endpoint(
                    Method.GET,
                    "/metrics",
                    "The numbers of this program in Prometheus' text format.",
                    role,
                    Void.class,
                    Void.class,
                    _ -> new Answer.Text(200, PrometheusTextFormatWriter.CONTENT_TYPE, text()))
                .giving(PrometheusTextFormatWriter.CONTENT_TYPE)));
  }

  /** All numbers as Prometheus' text format 0.0.4 writes them. */
  public String text() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(bytes, registry.scrape(), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  void number(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(read(name, value)))
        .register(registry);
  }

  RequestTimes requestTimes() {
    return requestTimes;
  }

  /** One number that cannot be had must not hide the others. */
  private static double read(String name, DoubleSupplier value) {
    try {
      return value.getAsDouble();
    } catch (RuntimeException e) {
      log.debug("The metric {} has no value now", name, e);
      return Double.NaN;
    }
  }

  private Counter register(String name, String help, String label) {
    var counter =
        io.prometheus.metrics.core.metrics.Counter.builder()
            .name(name)
            .help(help)
            .labelNames(label)
            .register(registry);
    return (value, amount) -> counter.labelValues(value).inc(amount);
  }
}
