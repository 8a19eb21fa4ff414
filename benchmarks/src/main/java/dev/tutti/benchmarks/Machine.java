package dev.tutti.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What figures depend on and a reader must know. */
final class Machine {

  private static final int FLUSHES = 200;
  private static final int FLUSHED_BYTES = 4096;

  private Machine() {}

  /** Facts in the order in which they are shown. */
  static Map<String, String> facts(Path folder) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("cpu", line("/proc/cpuinfo", "model name").orElse(property("os.arch")));
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", memory());
    facts.put("kernel", property("os.name") + " " + property("os.version"));
    facts.put("jdk", property("java.vm.name") + " " + property("java.runtime.version"));
    facts.put("flags", String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
    facts.put("file system", Files.getFileStore(folder).type());
    facts.put("append of 4 KiB and fdatasync", flushes(folder));
    facts.put("load before", load());
    return facts;
  }

  /** The load of the last minute: noise, if this is all that should run. */
  static String load() {
    return String.format(
        Locale.ROOT, "%.1f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static String memory() {
    return line("/proc/meminfo", "MemTotal")
        .map(text -> text.replaceAll("\\D", ""))
        .map(kibibytes -> Long.parseLong(kibibytes) / 1024 + " MiB")
        .orElse("unknown");
  }

  private static Optional<String> line(String file, String key) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }

  private static String flushes(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "flush", "");
    List<Double> micros = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      for (int i = 0; i < FLUSHES; i++) {
        Stopwatch watch = new Stopwatch();
        channel.write(ByteBuffer.allocate(FLUSHED_BYTES));
        channel.force(false);
        micros.add(watch.millis() * 1000);
      }
    } finally {
      Files.delete(file);
    }
    return String.format(
        Locale.ROOT,
        "p50 %.0f µs, p99 %.0f µs",
        Figure.percentile(micros, 50),
        Figure.percentile(micros, 99));
  }
}
