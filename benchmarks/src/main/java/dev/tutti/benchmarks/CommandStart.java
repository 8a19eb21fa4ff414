package dev.tutti.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a short command takes, beside others of its kind, in turns. */
final class CommandStart implements Benchmark {

  private static final int TRAINED_SECONDS = 120;
  private static final Budget BUDGET = Budget.atMost(250);

  /** Whole time and time of a core, in milliseconds. */
  private record Taken(double whole, double core) {}

  @Override
  public String name() {
    return "cli";
  }

  @Override
  public List<Figure> run(Session session) throws Exception {
    awaitCache(session);
    try (ServedProcess server = ServedProcess.ready(session)) {
      Map<String, List<String>> commands = commands(session, server);
      Map<String, String> environment =
          Map.of(
              "TUTTI_SERVER",
              "http://127.0.0.1:" + server.http(),
              "TUTTI_TOKEN",
              server.token(),
              "JAVA_HOME",
              System.getProperty("java.home"));
      Map<String, List<Taken>> taken = new LinkedHashMap<>();
      int repetitions = session.repetitions(40, 10);
      for (int i = -2; i < repetitions; i++) {
        for (Map.Entry<String, List<String>> command : commands.entrySet()) {
          Taken once = once(session, command.getValue(), environment);
          if (i >= 0) {
            taken.computeIfAbsent(command.getKey(), _ -> new ArrayList<>()).add(once);
          }
        }
      }
      return figures(taken);
    }
  }

  private static Map<String, List<String>> commands(Session session, ServedProcess server)
      throws IOException {
    String tutti = session.root().resolve("tutti").toString();
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("tutti --version", List.of(tutti, "--version"));
    commands.put("tutti version", List.of(tutti, "version"));
    commands.put("tutti model ls", List.of(tutti, "model", "ls"));
    Map<String, List<String>> others = new LinkedHashMap<>();
    others.put(
        "curl",
        List.of(
            "curl",
            "-s",
            "-H",
            "Authorization: Bearer " + server.token(),
            "http://127.0.0.1:%d/api/v1/models".formatted(server.http())));
    others.put("kubectl", List.of("kubectl", "version", "--client"));
    for (Map.Entry<String, List<String>> other : others.entrySet()) {
      if (isOnPath(other.getKey())) {
        commands.put(
            other.getKey().equals("curl") ? "curl of /models" : "kubectl version --client",
            other.getValue());
      } else {
        session.say("there is no %s here to compare with".formatted(other.getKey()));
      }
    }
    return commands;
  }

  private static List<Figure> figures(Map<String, List<Taken>> taken) {
    List<Figure> figures = new ArrayList<>();
    taken.forEach((what, samples) -> {
      List<Double> whole = samples.stream().map(Taken::whole).toList();
      figures.add(
          what.startsWith("tutti")
              ? Figure.of(what, whole, "ms", BUDGET)
              : Figure.of(what, whole, "ms"));
      figures.add(
          Figure.of(what + ", time of a core", samples.stream().map(Taken::core).toList(), "ms"));
    });
    return figures;
  }

  /**
   * Measured by a shell, which alone knows what its children used; it has a share of a millisecond.
   */
  private static Taken once(Session session, List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> timed = new ArrayList<>();
    timed.addAll(
        List.of("bash", "-c", "TIMEFORMAT='%R %U %S'; time \"$@\" >/dev/null 2>&1", "timed"));
    timed.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(timed).directory(session.work().toFile());
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command.getFirst() + " failed");
    }
    String[] seconds = said.strip().split(" ", -1);
    return new Taken(
        Double.parseDouble(seconds[0]) * 1000,
        (Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2])) * 1000);
  }

  /** The launcher trains it in the background, once after each build. */
  private static void awaitCache(Session session) throws IOException, InterruptedException {
    Path cache = session.root().resolve("app/target/dist/aot/cli");
    Taken _ =
        once(
            session,
            List.of(session.root().resolve("tutti").toString(), "--version"),
            Map.of("JAVA_HOME", System.getProperty("java.home")));
    Stopwatch watch = new Stopwatch();
    while (!Files.exists(cache)) {
      if (watch.seconds() > TRAINED_SECONDS) {
        session.say("the start-up cache was not made; this is without it");
        return;
      }
      Thread.sleep(200);
    }
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
