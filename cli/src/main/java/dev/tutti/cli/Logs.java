package dev.tutti.cli;

import dev.tutti.api.ClientFailure;
import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the commands that print logs, and how they do. */
final class Logs {
  private static final int PIECE = 16 * 1024;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on as output comes, until it ends.")
  boolean follow;

  @Option(
      names = "--tail",
      paramLabel = "N",
      description = "Begin with the last N lines. Default: all that is kept.")
  @Nullable Integer tail;

  /** Copies the output byte for byte, each piece as soon as it is there. */
  int print(TuttiClient client, Resource<?> resource, String id, PrintStream out) {
    byte[] piece = new byte[PIECE];
    try (InputStream log = client.logs(resource, id, tail, follow)) {
      int length = log.read(piece);
      // A reader that has seen enough, such as head, is no failure.
      while (length >= 0 && !out.checkError()) {
        out.write(piece, 0, length);
        out.flush();
        length = log.read(piece);
      }
    } catch (IOException broken) {
      throw new ClientFailure.NotReachable(client.server(), broken);
    }
    return ExitStatus.OK;
  }
}
