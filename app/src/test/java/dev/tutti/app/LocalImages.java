package dev.tutti.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tutti.backplane.testkit.PrivateEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Images under the names of those that ours begin with, made of this machine's files: a test asks
 * no registry. They have the programs that are named and nothing else, so what is shipped cannot
 * count on more.
 */
final class LocalImages {

  static final String JDK = "eclipse-temurin:25-jdk";
  static final String DEBIAN = "debian:12-slim";
  static final String MOSQUITTO = "eclipse-mosquitto:2";

  private static final Pattern LIBRARY = Pattern.compile("(?:=> |^\\s*)(/[^ ]+) \\(0x");

  /** Libraries of Debian's smallest that Java asks for by name. */
  private static final List<String> OF_ANY_DEBIAN =
      List.of("libdl.so.2", "libpthread.so.0", "librt.so.1", "libm.so.6", "libz.so.1");

  private final PrivateEngine engine;
  private final Path work;

  /**
   * On an engine.
   *
   * @param work for what has to be written on the way
   */
  LocalImages(PrivateEngine engine, Path work) {
    this.engine = engine;
    this.work = work;
  }

  void debian() throws IOException {
    List<String> programs =
        List.of(
            "/bin/sh",
            "/bin/bash",
            "/usr/bin/mkdir",
            "/usr/bin/chown",
            "/usr/bin/chmod",
            "/usr/bin/sleep",
            "/usr/bin/tini");
    imported(DEBIAN, "/usr/local/bin:/usr/bin:/bin", programs, libraries());
  }

  /** The JDK that runs the tests. */
  void jdk() throws IOException {
    String home = System.getProperty("java.home");
    List<String> further = new ArrayList<>(libraries());
    further.add(home);
    imported(JDK, home + "/bin:/usr/bin:/bin", List.of("/bin/sh"), further);
  }

  /** The broker and its commands. */
  void mosquitto() throws IOException {
    imported(
        MOSQUITTO,
        "/usr/sbin:/usr/bin:/bin",
        List.of(
            "/bin/sh",
            "/usr/bin/sleep",
            "/usr/sbin/mosquitto",
            "/usr/bin/mosquitto_passwd",
            "/usr/bin/mosquitto_pub"),
        List.of());
  }

  /** A further image, whose one command a shell follows. */
  void program(String name, String base, String script) throws IOException {
    Path build = Files.createTempDirectory(work, "program");
    Files.writeString(build.resolve("script"), script);
    Files.writeString(
        build.resolve("Dockerfile"),
        "FROM %s\nCOPY script /script\nCMD [\"sh\", \"/script\"]\n".formatted(base));
    engine.docker("build", "-q", "-t", name, build.toString());
  }

  private static List<String> libraries() throws IOException {
    Path one = Path.of(librariesOf(List.of("/bin/sh")).getFirst());
    return OF_ANY_DEBIAN.stream().map(one::resolveSibling).map(Path::toString).toList();
  }

  private void imported(String name, String path, List<String> programs, List<String> further)
      throws IOException {
    for (String program : programs) {
      if (!Files.isExecutable(Path.of(program))) {
        throw new AssertionError("%s of these tests needs %s".formatted(name, program));
      }
    }
    Path bare = Files.createTempDirectory(work, "bare");
    Files.createDirectory(bare.resolve("run"));
    open(Files.createDirectory(bare.resolve("tmp")));
    open(Files.createDirectories(bare.resolve("mosquitto/data")));
    Set<String> files = new LinkedHashSet<>(programs);
    files.addAll(librariesOf(programs));
    files.addAll(further);
    files.addAll(List.of("/etc/passwd", "/etc/group"));
    Path archive = Files.createTempFile(work, "root", ".tar");
    List<String> tar =
        new ArrayList<>(
            List.of("tar", "-chf", archive.toString(), "--exclude=src.zip", "-C", bare.toString()));
    tar.addAll(List.of("run", "tmp", "mosquitto", "-C", "/"));
    // Absolute names, and what they point to in their place: the machine's links stay behind.
    files.forEach(file -> tar.add(file.substring(1)));
    said(tar);
    engine.docker("import", "--change", "ENV PATH=" + path, archive.toString(), name);
    Files.delete(archive);
  }

  private static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  private static List<String> librariesOf(List<String> programs) throws IOException {
    List<String> command = new ArrayList<>(List.of("ldd"));
    command.addAll(programs);
    Set<String> found = new LinkedHashSet<>();
    for (String line : said(command).lines().toList()) {
      LIBRARY.matcher(line).results().map(library -> library.group(1)).forEach(found::add);
    }
    return List.copyOf(found);
  }

  private static String said(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new AssertionError(command + ": " + said);
    }
    return said;
  }
}
