package dev.tutti.simulations.results;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The results of simulations, a folder per simulation and a file per measurement. A file holds line
 * protocol, one point a line, in the order of arrival, so that it can be given to an InfluxDB as it
 * is. What {@link #add} took is on disk when it returns.
 */
public final class Results {

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final String SUFFIX = ".lp";

  private final Path folder;
  private final long limitBytes;
  // One writer at a time: a torn line is mended by whoever appends next.
  private final ReentrantLock writing = new ReentrantLock();

  /**
   * Keeps results below a folder, which is made when needed.
   *
   * @param limitBytes how large the results of one measurement of a simulation may grow
   */
  public Results(Path folder, long limitBytes) {
    this.folder = folder;
    this.limitBytes = limitBytes;
  }

  /**
   * Keeps points.
   *
   * @throws Failure.Rejected when a point names no simulation, or there is no more room for it
   * @throws Failure.Unavailable when the disk does not take them
   */
  void add(List<Point> points) {
    Map<Path, StringBuilder> files = new LinkedHashMap<>();
    for (Point point : points) {
      String simulation = point.tags().get(Point.SIMULATION);
      if (simulation == null) {
        throw new Failure.Rejected(
            Problem.of("simulation-missing", 400, "A point has no tag simulation_id."));
      }
      files
          .computeIfAbsent(file(simulation, point.measurement()), _ -> new StringBuilder())
          .append(point.line())
          .append('\n');
    }
    files.forEach((file, lines) -> append(file, lines.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private void append(Path file, byte[] lines) {
    writing.lock();
    try {
      Files.createDirectories(file.getParent(), PRIVATE_FOLDER);
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              PRIVATE_FILE)) {
        long end = endOfLastLine(channel);
        if (end + lines.length > limitBytes) {
          throw new Failure.Rejected(
              Problem.of(
                      "results-too-large",
                      413,
                      "%s would pass %d MB.".formatted(file.getFileName(), limitBytes >> 20))
                  .suggesting("Write fewer values, or give INFLUXDB_HOST a database of yours."));
        }
        channel.truncate(end);
        ByteBuffer bytes = ByteBuffer.wrap(lines);
        channel.position(end);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(false);
      }
    } catch (IOException unwritable) {
      throw new Failure.Unavailable("%s cannot be written.".formatted(file), unwritable);
    } finally {
      writing.unlock();
    }
  }

  /** Behind the last whole line: what follows it was cut off in writing, and never acknowledged. */
  private static long endOfLastLine(FileChannel channel) throws IOException {
    long end = channel.size();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (end > 0) {
      channel.read(one.clear(), end - 1);
      if (one.get(0) == '\n') {
        return end;
      }
      end--;
    }
    return 0;
  }

  /** The measurements of a simulation, by name; empty when it has no results. */
  public List<String> measurements(String simulationId) {
    Path simulation = folder.resolve(FileNames.of(simulationId));
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(simulation)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(simulation, "*" + SUFFIX)) {
        files.forEach(file -> names.add(measurement(file)));
      } catch (IOException unreadable) {
        throw new Failure.Unavailable("%s cannot be read.".formatted(simulation), unreadable);
      }
    }
    names.sort(null);
    return names;
  }

  /**
   * The results of one measurement as a table.
   *
   * @throws Failure.NotFound when there are none
   */
  public ResultTable table(String simulationId, String measurement) {
    Path file = file(simulationId, measurement);
    if (!Files.exists(file)) {
      throw new Failure.NotFound("measurement of simulation " + simulationId, measurement);
    }
    return ResultTable.read(file);
  }

  /** Deletes the results of a simulation; one without results is no error. */
  public void delete(String simulationId) {
    Path simulation = folder.resolve(FileNames.of(simulationId));
    writing.lock();
    try {
      if (!Files.isDirectory(simulation)) {
        return;
      }
      try (DirectoryStream<Path> files = Files.newDirectoryStream(simulation)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(simulation);
    } catch (IOException undeletable) {
      throw new Failure.Unavailable("%s cannot be deleted.".formatted(simulation), undeletable);
    } finally {
      writing.unlock();
    }
  }

  private Path file(String simulationId, String measurement) {
    return folder.resolve(FileNames.of(simulationId)).resolve(FileNames.of(measurement) + SUFFIX);
  }

  private static String measurement(Path file) {
    String name = file.getFileName().toString();
    return FileNames.plain(name.substring(0, name.length() - SUFFIX.length()));
  }
}
