package dev.tutti.store.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system in memory that can be filled; mounting it takes root. */
public final class SmallDisk implements AutoCloseable {

  private static final int BLOCK = 4096;

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Mounts it at a path, which is made. */
  public static SmallDisk mount(Path path, int mebibytes) throws IOException {
    Files.createDirectories(path);
    run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", path.toString());
    return new SmallDisk(path);
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new AssertionError(
          "`%s` failed: %s. These tests need a small file system of their own; run them as root, as in CI."
              .formatted(String.join(" ", command), said.strip()));
    }
  }

  public Path path() {
    return path;
  }

  /** How many bytes are free. */
  public long free() {
    return path.toFile().getUsableSpace();
  }

  /** Fills it until no more than so many bytes are free. */
  public void fillUpTo(long left) throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream filling =
        Files.newOutputStream(
            path.resolve("filling"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (free() >= left + BLOCK) {
        filling.write(block);
      }
    } catch (IOException full) {
      if (left > 0) {
        throw full;
      }
    }
  }

  /** Gives back what was filled. */
  public void empty() throws IOException {
    Files.deleteIfExists(path.resolve("filling"));
  }

  /** Takes or gives the right to write; nothing may be open for writing. */
  public void readOnly(boolean on) throws IOException {
    run("mount", "-o", "remount," + (on ? "ro" : "rw"), path.toString());
  }

  @Override
  public void close() throws IOException {
    run("umount", path.toString());
  }
}
