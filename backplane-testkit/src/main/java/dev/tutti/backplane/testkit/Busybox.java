package dev.tutti.backplane.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An image of one static program, made on this machine: no registry is asked. */
public final class Busybox {

  public static final String IMAGE = "tutti-test/busybox:1";
  private static final List<String> PROGRAMS =
      List.of(
          "sh",
          "sleep",
          "seq",
          "cat",
          "head",
          "tr",
          "kill",
          "echo",
          "printf",
          "true",
          "ln",
          "nc",
          "nslookup");

  private Busybox() {}

  static void load(PrivateEngine engine) {
    Path busybox = Path.of("/bin/busybox");
    if (!Files.isExecutable(busybox)) {
      throw new AssertionError("These tests need /bin/busybox: apt-get install busybox-static");
    }
    try {
      Path root = Files.createTempDirectory("busybox");
      try {
        Path bin = Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("tmp"));
        Files.copy(busybox, bin.resolve("busybox"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String program : PROGRAMS) {
          Files.createSymbolicLink(bin.resolve(program), Path.of("busybox"));
        }
        Path tar = root.resolve("root.tar");
        run("tar", "-C", root.toString(), "-cf", tar.toString(), "bin", "tmp");
        engine.docker("import", tar.toString(), IMAGE);
      } finally {
        try (Stream<Path> walk = Files.walk(root)) {
          for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String... command) throws IOException {
    Process run = new ProcessBuilder(command).inheritIO().start();
    if (run.onExit().join().exitValue() != 0) {
      throw new AssertionError(String.join(" ", command) + " failed");
    }
  }
}
