package dev.tutti.store.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * An ext4 file system in a file that turns read-only for good, as one does whose disk fails: what
 * was flushed is there after its repair. Mounting it takes root.
 */
public final class FailingDisk implements AutoCloseable {

  /** Of e2fsck: errors were corrected. */
  private static final int CORRECTED = 1;

  private final Path path;
  private Path image;

  private FailingDisk(Path image, Path path) {
    this.image = image;
    this.path = path;
  }

  /** Mounts a new one at {@code disk} in a folder. */
  public static FailingDisk mount(Path folder, int mebibytes) throws IOException {
    FailingDisk disk =
        new FailingDisk(folder.resolve("image"), Files.createDirectories(folder.resolve("disk")));
    run(List.of(0), "truncate", "-s", mebibytes + "M", disk.image.toString());
    run(List.of(0), "mkfs.ext4", "-q", "-F", disk.image.toString());
    disk.mount();
    return disk;
  }

  private void mount() throws IOException {
    run(List.of(0), "mount", "-o", "loop,errors=remount-ro", image.toString(), path.toString());
  }

  private static String run(List<Integer> expected, String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!expected.contains(process.onExit().join().exitValue())) {
      throw new AssertionError(
          "`%s` failed: %s. These tests need a file system of their own and its tools (e2fsprogs); run them as root, as in CI."
              .formatted(String.join(" ", Arrays.asList(command)), said.strip()));
    }
    return said.strip();
  }

  public Path path() {
    return path;
  }

  /** Flushes all of it, which the kernel does every few seconds. */
  public void flush() throws IOException {
    run(List.of(0), "sync", "--file-system", path.toString());
  }

  /** From here on it is read-only, whatever is open. */
  public void fail() throws IOException {
    String device = run(List.of(0), "findmnt", "-no", "SOURCE", path.toString());
    Path trigger =
        Path.of("/sys/fs/ext4", device.substring(device.lastIndexOf('/') + 1), "trigger_fs_error");
    Files.writeString(trigger, "tests");
  }

  /** Mounts it again after a check, as an operator does; nothing of it may be in use. */
  public void repair() throws IOException {
    run(List.of(0), "umount", path.toString());
    // Under its old name the kernel would go on with what it knows, as long as a container that is
    // being started elsewhere has seen the mount.
    Path copy = image.resolveSibling(image.getFileName() + "'");
    run(List.of(0), "cp", "--sparse=always", image.toString(), copy.toString());
    image = copy;
    run(List.of(0, CORRECTED), "e2fsck", "-y", image.toString());
    mount();
  }

  @Override
  public void close() throws IOException {
    run(List.of(0), "umount", path.toString());
  }
}
