package dev.tutti.backplane.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * An archive that an engine builds an image from. All in it belongs to root and has the same time,
 * so that the same files give the same image.
 */
final class RootArchive implements AutoCloseable {

  private static final int FOLDER = 0755;
  private static final int READABLE = 0644;
  private static final int RUNNABLE = 0755;

  private final TarArchiveOutputStream tar;

  RootArchive(OutputStream target) {
    tar = new TarArchiveOutputStream(target, UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  /** An empty folder; folders of files are made with them. */
  void folder(String path, int mode) throws IOException {
    begin(new TarArchiveEntry(path + "/"), mode);
    tar.closeArchiveEntry();
  }

  void text(String path, String content) throws IOException {
    byte[] bytes = content.getBytes(UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setSize(bytes.length);
    begin(entry, READABLE);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  /** A copy of a file; of what it points to, when it is a link. */
  void file(String path, Path file) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setSize(Files.size(file));
    begin(entry, Files.isExecutable(file) ? RUNNABLE : READABLE);
    Files.copy(file, tar);
    tar.closeArchiveEntry();
  }

  /** A copy of a folder with all that is below it. */
  void tree(String path, Path folder) throws IOException {
    List<Path> below;
    try (Stream<Path> walk = Files.walk(folder)) {
      below = walk.sorted(Comparator.naturalOrder()).toList();
    }
    for (Path each : below) {
      String name = path + "/" + folder.relativize(each);
      if (Files.isRegularFile(each)) {
        file(name, each);
      } else if (Files.isDirectory(each) && !each.equals(folder)) {
        folder(name, FOLDER);
      }
    }
  }

  private void begin(TarArchiveEntry entry, int mode) throws IOException {
    entry.setMode(mode);
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
