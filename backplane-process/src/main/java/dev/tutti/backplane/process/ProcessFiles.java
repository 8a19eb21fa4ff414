package dev.tutti.backplane.process;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.WorkloadFiles;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Files in the folder of a workload, which is all that is its own. Each part of a path is opened in
 * the folder before it and no link is followed, so that a program that swaps folders for links
 * meanwhile leads nowhere else.
 */
final class ProcessFiles implements WorkloadFiles {

  private static final Set<OpenOption> TO_READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> TO_WRITE =
      Set.of(
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          LinkOption.NOFOLLOW_LINKS);
  private static final String RECORDS = ".tutti";

  private final Function<WorkloadId, Optional<Attempt>> attempts;

  ProcessFiles(Function<WorkloadId, Optional<Attempt>> attempts) {
    this.attempts = attempts;
  }

  @Override
  public void write(WorkloadId id, WorkloadPath path, InputStream content, long bytes) {
    Path home = home(id);
    List<String> parts = parts(home, path);
    try (Opened folder = Opened.of(home, parts)) {
      Path name = Path.of(parts.getLast());
      if (folder.last().isThere(name) && !folder.last().isFile(name)) {
        throw refused(path, "it is no regular file");
      }
      try (OutputStream out = Channels.newOutputStream(folder.last().open(name, TO_WRITE))) {
        content.transferTo(out);
      }
    } catch (IOException failed) {
      throw told(path, failed);
    }
  }

  @Override
  public InputStream read(WorkloadId id, WorkloadPath path) {
    Path home = home(id);
    List<String> parts = parts(home, path);
    try (Opened folder = Opened.of(home, parts)) {
      Path name = Path.of(parts.getLast());
      // Whoever opens a pipe without a writer waits for ever.
      if (folder.last().isThere(name) && !folder.last().isFile(name)) {
        throw refused(path, "it is no regular file");
      }
      return Channels.newInputStream(folder.last().open(name, TO_READ));
    } catch (IOException failed) {
      throw told(path, failed);
    }
  }

  private Path home(WorkloadId id) {
    return attempts
        .apply(id)
        .orElseThrow(() -> new Failure.NotFound("workload", id.value()))
        .folder()
        .home();
  }

  /** Below the home. */
  private static List<String> parts(Path home, WorkloadPath path) {
    List<String> parts = path.parts();
    if (path.absolute()) {
      Path whole = Path.of(path.toString());
      if (!whole.startsWith(home) || whole.equals(home)) {
        throw refused(path, "of a process only the files in its folder are its own");
      }
      parts = parts.subList(home.getNameCount(), parts.size());
    }
    if (parts.getFirst().equals(RECORDS)) {
      throw refused(path, "that is where Tutti keeps its records of the workload");
    }
    return parts;
  }

  private static Failure.Rejected refused(WorkloadPath path, String why) {
    return new Failure.Rejected(
        Problem.of("not-a-file", 409, "'%s' cannot be copied: %s.".formatted(path, why))
            .suggesting("Name a file in the workload's own folder, such as results/last.csv."));
  }

  private static Failure told(WorkloadPath path, IOException failed) {
    return switch (failed) {
      case NoSuchFileException _ -> new Failure.NotFound("file or folder", path.toString());
      case FileSystemException link ->
          refused(path, "a link or a file is in the way (" + link.getReason() + ")");
      default ->
          new Failure.Unavailable(
              "'%s' could not be copied: %s".formatted(path, failed.getMessage()), failed);
    };
  }

  /** A folder that was opened part by part. */
  private record Opened(List<Folder> way) implements AutoCloseable {

    @SuppressWarnings("StreamResourceLeak") // Closed with the others.
    static Opened of(Path home, List<String> parts) throws IOException {
      List<Folder> way = new ArrayList<>();
      Opened opened = new Opened(way);
      try {
        way.add(Folder.of(Files.newDirectoryStream(home)));
        for (String part : parts.subList(0, parts.size() - 1)) {
          way.add(way.getLast().below(Path.of(part)));
        }
        return opened;
      } catch (IOException | RuntimeException failed) {
        opened.close();
        throw failed;
      }
    }

    Folder last() {
      return way.getLast();
    }

    @Override
    public void close() throws IOException {
      for (Folder folder : way) {
        folder.stream().close();
      }
    }
  }

  private record Folder(SecureDirectoryStream<Path> stream) {

    static Folder of(DirectoryStream<Path> stream) {
      // On Linux there is no other.
      return new Folder((SecureDirectoryStream<Path>) stream);
    }

    Folder below(Path part) throws IOException {
      return new Folder(stream.newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS));
    }

    SeekableByteChannel open(Path name, Set<OpenOption> how) throws IOException {
      return stream.newByteChannel(name, how);
    }

    boolean isThere(Path name) throws IOException {
      try {
        var _ = attributes(name).readAttributes();
        return true;
      } catch (NoSuchFileException absent) {
        return false;
      }
    }

    boolean isFile(Path name) throws IOException {
      return attributes(name).readAttributes().isRegularFile();
    }

    private BasicFileAttributeView attributes(Path name) {
      return stream.getFileAttributeView(
          name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
