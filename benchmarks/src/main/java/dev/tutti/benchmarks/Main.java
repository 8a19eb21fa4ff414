package dev.tutti.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./tutti bench}: measures, and compares with the budgets. */
@Command(
    name = "bench",
    description = "Measures this build on this machine and compares it with its budgets.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("SystemOut")
public final class Main implements Callable<Integer> {

  private static final List<Benchmark> ALL =
      List.of(
          new ServerStart(),
          new Transitions(),
          new Deploying(),
          new Ending(),
          new ExitDetection(),
          new Containers(),
          new Stepping(),
          LongRun.exchange(),
          LongRun.year(),
          new Recovery(),
          new Outage(),
          new ApiLoad(),
          new CommandStart());

  @Parameters(
      paramLabel = "NAME",
      description =
          "Which: start, transitions, deploy, ending, exit, docker, steps, exchange, year, recovery, outage, api, cli. Default: all.")
  private List<String> names = List.of();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where to write all samples. Default: benchmarks/target/bench-<time>.json.")
  private @Nullable Path json;

  @Option(names = "--quick", description = "Fewer and shorter repetitions.")
  private boolean quick;

  private Main() {}

  /** Runs from the command line. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<String> known = ALL.stream().map(Benchmark::name).toList();
    if (!known.containsAll(names)) {
      System.err.printf("tutti bench: the benchmarks are %s%n", String.join(", ", known));
      return CommandLine.ExitCode.USAGE;
    }
    // A line of log for each model would measure the terminal.
    for (String logger : List.of(org.slf4j.Logger.ROOT_LOGGER_NAME, "dev.tutti")) {
      ((Logger) LoggerFactory.getLogger(logger)).setLevel(Level.ERROR);
    }
    Path root = root();
    try (Session session = Session.open(quick, root)) {
      Map<String, String> machine = Machine.facts(session.work());
      Report report = new Report(machine);
      for (Benchmark benchmark : ALL) {
        if (names.isEmpty() || names.contains(benchmark.name())) {
          run(benchmark, session, report);
        }
      }
      machine.put("load after", Machine.load());
      report.print(System.out);
      Path file = json == null ? defaultFile(root) : json;
      report.write(file);
      System.out.println("All samples are in " + file);
      return report.complete() ? 0 : 1;
    }
  }

  private static void run(Benchmark benchmark, Session session, Report report)
      throws InterruptedException {
    System.err.println(benchmark.name() + " ...");
    try {
      report.add(benchmark.name(), benchmark.run(session));
    } catch (InterruptedException end) {
      throw end;
    } catch (Exception failure) {
      failure.printStackTrace();
      report.addFailure(benchmark.name(), failure);
    }
  }

  /** The checkout, from where our classes are: benchmarks/target/classes. */
  private static Path root() throws URISyntaxException {
    Path classes = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path root = classes.resolve("../../..").normalize();
    if (!Files.exists(root.resolve("tutti"))) {
      throw new IllegalStateException("no checkout around " + classes);
    }
    return root;
  }

  private static Path defaultFile(Path root) {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
            .format(LocalDateTime.now(ZoneId.systemDefault()));
    return root.resolve("benchmarks/target/bench-%s.json".formatted(time));
  }
}
