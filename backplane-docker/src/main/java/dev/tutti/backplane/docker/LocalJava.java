package dev.tutti.backplane.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tutti.core.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The Java that we run on, as the base of images: a runtime that {@code jlink} makes of it and the
 * C libraries of this machine that it needs. No registry is asked for anything.
 */
final class LocalJava {

  /** Where it is in an image. */
  static final String COMMAND = "/jre/bin/java";

  /** Whom programs of such an image run as. */
  static final String USER = "10001:10001";

  /** What services use; all but desktops, compilers and tools. */
  private static final String MODULES =
      "java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,"
          + "java.security.sasl,java.sql,java.xml,jdk.charsets,jdk.httpserver,jdk.management,"
          + "jdk.unsupported,jdk.zipfs";

  /** A library in what ldd prints: the target of an arrow, or the loader itself. */
  private static final Pattern LIBRARY = Pattern.compile("(?:=> |^\\s*)(/[^ ]+) \\(0x");

  private static final int ANYBODY = 01777;

  private final Path home;

  LocalJava() {
    this(Path.of(System.getProperty("java.home")));
  }

  private LocalJava(Path home) {
    this.home = home;
  }

  /** The name of an image of it; another Java, or other parts of it, have another name. */
  String reference() {
    CRC32 parts = new CRC32();
    parts.update((home + Runtime.version().toString() + MODULES).getBytes(UTF_8));
    return "tutti/java:%d-%08x".formatted(Runtime.version().feature(), parts.getValue());
  }

  /** Writes what such an image is built from. */
  void write(RootArchive archive) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("tutti-java");
    try {
      Path runtime = work.resolve("jre");
      run(
          List.of(
              home.resolve("bin/jlink").toString(),
              // It runs too briefly for the optimising compiler to pay.
              "-J-XX:TieredStopAtLevel=1",
              "-J-XX:+UseSerialGC",
              "--add-modules",
              MODULES,
              "--strip-java-debug-attributes",
              "--no-header-files",
              "--no-man-pages",
              "--output",
              runtime.toString()));
      archive.text(
          "Dockerfile",
          """
          FROM scratch
          COPY root/ /
          ENV PATH=/jre/bin LANG=C.UTF-8 HOME=/tmp
          WORKDIR /tmp
          USER %s
          """
              .formatted(USER));
      archive.tree("root/jre", runtime);
      for (String library : libraries(runtime)) {
        archive.file("root" + library, Path.of(library));
      }
      archive.folder("root/tmp", ANYBODY);
      archive.text("root/etc/passwd", "root:x:0:0::/:/\nmodel:x:10001:10001::/tmp:/\n");
      archive.text("root/etc/group", "root:x:0:\nmodel:x:10001:\n");
      // Else the C library would ask for names that are in the file of hosts elsewhere first.
      archive.text("root/etc/nsswitch.conf", "hosts: files dns\n");
    } finally {
      Folder.delete(work);
    }
  }

  private static Set<String> libraries(Path runtime) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ldd", runtime.resolve("bin/java").toString()));
    try (Stream<Path> files = Files.walk(runtime.resolve("lib"))) {
      files.map(Path::toString).filter(file -> file.endsWith(".so")).forEach(command::add);
    }
    Set<String> libraries = new TreeSet<>();
    for (String line : run(command).lines().toList()) {
      LIBRARY
          .matcher(line)
          .results()
          .map(found -> found.group(1))
          .filter(library -> !library.startsWith(runtime.toString()))
          .forEach(libraries::add);
    }
    return libraries;
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new Failure.Unavailable(
          "%s failed, so no image can be made of this Java: %s"
              .formatted(command.getFirst(), said.strip()));
    }
    return said;
  }
}
