package dev.tutti.app;

import dev.tutti.cli.HelpOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code tutti aot-train}: does what the program usually does, then ends, so that a JVM that
 * watches it knows which classes to have ready at the next start. The launcher runs it in the
 * background.
 */
@Command(
    name = "aot-train",
    hidden = true,
    description = {
      "Rehearses a server, or with --cli short commands, in a temporary folder and on free ports. Of",
      "use only to a JVM that was started with -XX:AOTCacheOutput; the launcher does that by itself."
    })
final class AotTrainCommand implements Callable<Integer> {

  @Option(names = "--cli", description = "Rehearse short commands instead of a server.")
  private boolean cli;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (cli) {
      CommandRehearsal.play();
      return 0;
    }
    return ServerRehearsal.play() ? 0 : 1;
  }
}
