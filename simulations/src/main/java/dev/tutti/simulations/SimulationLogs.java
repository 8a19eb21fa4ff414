package dev.tutti.simulations;

import dev.tutti.core.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What models log (T14), a line each, in two files per simulation: when the newer one is half of
 * what is kept, it takes the place of the older one. Written without waiting for the disk: a power
 * loss may cost the last lines, and nothing depends on them.
 */
final class SimulationLogs {

  /**
   * A line of a model's log.
   *
   * @param level as far as it can be told from the text; INFO otherwise
   */
  record Line(Instant at, String model, String level, String text) {}

  private static final int LONGEST_LINE = 16_000;
  private static final int WHERE_LEVELS_STAND = 120;
  private static final Pattern LEVEL =
      Pattern.compile("\\b(DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL)\\b");

  private final Path folder;
  private final long bytesPerFile;
  // Held while files are written, exchanged or deleted.
  private final ReentrantLock lock = new ReentrantLock();

  SimulationLogs(Path folder, long bytes) {
    this.folder = folder;
    this.bytesPerFile = Math.max(1, bytes / 2);
  }

  void append(String simulation, String model, String text, Instant now) {
    String line = "%s\t%s\t%s\n".formatted(now, escaped(model), escaped(shortened(text.strip())));
    lock.lock();
    try {
      Files.createDirectories(folder);
      Path newer = newer(simulation);
      if (Files.exists(newer) && Files.size(newer) >= bytesPerFile) {
        Files.move(newer, older(simulation), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.writeString(newer, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException full) {
      throw new Failure.Unavailable("The log of %s cannot be written.".formatted(simulation), full);
    } finally {
      lock.unlock();
    }
  }

  /** The lines that are kept, oldest first. */
  List<Line> read(String simulation) {
    List<String> raw = new ArrayList<>();
    lock.lock();
    try {
      raw.addAll(lines(older(simulation)));
      raw.addAll(lines(newer(simulation)));
    } finally {
      lock.unlock();
    }
    return raw.stream()
        .map(line -> line.split("\t", 3))
        .filter(p -> p.length == 3)
        .map(SimulationLogs::line)
        .toList();
  }

  private static Line line(String[] parts) {
    String text = plain(parts[2]);
    Matcher level = LEVEL.matcher(text.substring(0, Math.min(WHERE_LEVELS_STAND, text.length())));
    String word = level.find() ? level.group(1) : "INFO";
    return new Line(
        Instant.parse(parts[0]), plain(parts[1]), word.equals("WARN") ? "WARNING" : word, text);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException unreadable) {
      throw new Failure.Unavailable("%s cannot be read.".formatted(file), unreadable);
    }
  }

  void delete(String simulation) {
    lock.lock();
    try {
      Files.deleteIfExists(older(simulation));
      Files.deleteIfExists(newer(simulation));
    } catch (IOException kept) {
      throw new Failure.Unavailable("The log of %s cannot be deleted.".formatted(simulation), kept);
    } finally {
      lock.unlock();
    }
  }

  private Path newer(String simulation) {
    return folder.resolve(file(simulation) + ".log");
  }

  private Path older(String simulation) {
    return folder.resolve(file(simulation) + ".log.1");
  }

  /** Ids of simulations are made by us, but a name of a file is nothing to be trusting with. */
  private static String file(String simulation) {
    return simulation.matches("[a-z0-9-]{1,100}")
        ? simulation
        : "x" + HexFormat.of().formatHex(simulation.getBytes(StandardCharsets.UTF_8));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "").replace("\t", "\\t");
  }

  private static String plain(String escaped) {
    StringBuilder text = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\' && i + 1 < escaped.length()) {
        char next = escaped.charAt(++i);
        text.append(next == 'n' ? '\n' : next == 't' ? '\t' : next);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
