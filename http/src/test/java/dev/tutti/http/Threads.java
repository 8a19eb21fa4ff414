package dev.tutti.http;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The threads of this process, virtual ones included. */
final class Threads {

  private static final Pattern NAME = Pattern.compile("\"name\": \"(http-[^\"]*)\"");

  private Threads() {}

  /** The names of the threads that a server started. */
  static List<String> ofServer() {
    try {
      Path folder = Files.createTempDirectory("threads");
      Path dump = folder.resolve("dump.json");
      try {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
        return NAME.matcher(Files.readString(dump)).results().map(Threads::name).toList();
      } finally {
        Files.deleteIfExists(dump);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(MatchResult match) {
    return match.group(1);
  }
}
