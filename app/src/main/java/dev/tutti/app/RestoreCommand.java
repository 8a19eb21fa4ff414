package dev.tutti.app;

import dev.tutti.cli.HelpOption;
import dev.tutti.core.Failure;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tutti restore}: puts a backup in place, while no server runs. */
@Command(
    name = "restore",
    description = {
      "Puts a backup in the place of a data folder that no server uses. All of the backup is checked",
      "before anything is touched. The next start has the records of the backup; what happened since",
      "is lost. Workloads that run go on: those that the records know are adopted, others left alone."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti restore tutti.backup                       into an empty data folder",
      "  tutti restore tutti.backup --data ./data         into another one",
      "  tutti restore tutti.backup --force               what is there is moved aside, not deleted"
    })
final class RestoreCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "A backup that `tutti backup` made.")
  private Path file = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder to restore. Default: $TUTTI_DATA, or $XDG_STATE_HOME/tutti.")
  private @Nullable Path data;

  @Option(
      names = "--force",
      description =
          "Move what is in the data folder aside, into before-restore-DATE in it. Default: refuse.")
  private boolean force;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    try {
      Path folder =
          data == null ? Configuration.dataFolder(Environment.ofProcess()) : data.toAbsolutePath();
      Restore.Outcome outcome = new Restore(file, folder, force).run(Clock.systemUTC().instant());
      System.out.println("restored   " + file + " to " + outcome.folder());
      outcome.manifest().lines().forEach(System.out::println);
      outcome.aside().ifPresent(aside -> System.out.println("moved to   " + aside));
      return 0;
    } catch (Failure failure) {
      System.err.println("tutti: " + failure.problem().sentence());
      return 1;
    }
  }
}
