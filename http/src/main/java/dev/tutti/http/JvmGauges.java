package dev.tutti.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What every dashboard asks a Java program for. */
final class JvmGauges {

  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  private JvmGauges() {}

  static void register(PrometheusMetrics metrics) {
    Runtime runtime = Runtime.getRuntime();
    metrics.gauge(
        "jvm_heap_used_bytes", "Heap in use.", () -> runtime.totalMemory() - runtime.freeMemory());
    metrics.gauge("jvm_heap_max_bytes", "Heap that there may be.", runtime::maxMemory);
    metrics.gauge(
        "jvm_threads_current",
        "Platform threads.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
    metrics.number(
        "process_uptime_seconds",
        "Time since the start of the program.",
        () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
    if (Files.isDirectory(OPEN_FILES)) {
      metrics.gauge("process_open_fds", "Open file descriptors.", JvmGauges::openFiles);
    }
  }

  private static long openFiles() {
    try (var files = Files.list(OPEN_FILES)) {
      // Less the one that lists them.
      return files.count() - 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
