package dev.tutti.http;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** How many requests each route answered, with which class of status, and how fast. */
final class RequestTimes {

  private static final String[] CLASSES = {"", "1xx", "2xx", "3xx", "4xx", "5xx"};

  private final Histogram seconds;

  RequestTimes(PrometheusRegistry registry) {
    this.seconds =
        Histogram.builder()
            .name("tutti_http_request_seconds")
            .help("Time from the header of a request to the beginning of its answer.")
            .labelNames("method", "route", "status")
            .classicOnly()
            .classicUpperBounds(0.001, 0.005, 0.02, 0.1, 0.5, 2, 10)
            .register(registry);
  }

  void add(String method, String route, int status, long nanos) {
    seconds
        .labelValues(method, route, CLASSES[Math.clamp(status / 100, 1, 5)])
        .observe(nanos / 1e9);
  }
}
