package dev.tutti.cli.project;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Compiles a project against the SDK of this distribution and runs its check. It needs neither
 * Maven nor a network: the compiler is the JDK's own that runs this program.
 */
public final class Build {
  private final Path project;
  private final Path sdk;

  /**
   * A build that is not done yet.
   *
   * @param sdk the folder with the jars of the SDK
   */
  public Build(Path project, Path sdk) {
    this.project = project;
    this.sdk = sdk;
  }

  /** A build that did not work; the message is what compiler or check said. */
  public static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message);
    }
  }

  /** Builds and checks; what the check said. */
  public String run(String checkType) throws Failed, InterruptedException {
    try {
      Path libraries = Files.createDirectories(project.resolve("target").resolve("lib"));
      for (Path jar : jars(sdk)) {
        Files.copy(
            jar,
            libraries.resolve(jar.getFileName().toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
      Path main = project.resolve("target").resolve("classes");
      Path test = project.resolve("target").resolve("check");
      // Only launchers know a star; the compiler itself wants each jar.
      String path =
          jars(libraries).stream()
              .map(Path::toString)
              .collect(Collectors.joining(File.pathSeparator));
      compile(main, path, sources(project.resolve("src/main/java"), ".java"));
      String withMain = main + File.pathSeparator + path;
      compile(test, withMain, sources(project.resolve("src/test/java"), "LocalCheck.java"));
      return check(test + File.pathSeparator + withMain, checkType);
    } catch (IOException unable) {
      throw new UncheckedIOException(unable);
    }
  }

  private static void compile(Path into, String path, List<Path> sources)
      throws Failed, IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new Failed("this Java has no compiler; run tutti with a JDK");
    }
    Files.createDirectories(into);
    StringWriter said = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of("-d", into.toString(), "-cp", path, "-parameters", "-proc:none"),
                null,
                compiler
                    .getStandardFileManager(null, null, StandardCharsets.UTF_8)
                    .getJavaFileObjectsFromPaths(sources))
            .call();
    if (!compiled) {
      throw new Failed(said.toString());
    }
  }

  private static String check(String path, String checkType)
      throws Failed, IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(java.toString(), "-cp", path, checkType)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new Failed(said);
    }
    return said.strip();
  }

  private static List<Path> jars(Path folder) throws IOException {
    return sources(folder, ".jar");
  }

  private static List<Path> sources(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return new ArrayList<>(
          files.filter(file -> file.getFileName().toString().endsWith(ending)).sorted().toList());
    }
  }
}
