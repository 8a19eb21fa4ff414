package dev.tutti.cli;

import dev.tutti.api.TuttiClient;
import dev.tutti.api.WorkloadsClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tutti workload cp}. */
@Command(
    name = "cp",
    description = {
      "Copies a file into a workload or out of it, also one that has ended.",
      "A path in a workload begins with its id and a colon. Without a slash after that it begins"
          + " in the folder of the workload."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti workload cp ID:results/last.csv .",
      "  tutti workload cp inputs.json ID:/tmp/"
    })
final class WorkloadCopy extends ClientCommand {
  @Parameters(index = "0", paramLabel = "SOURCE", description = "What to copy: FILE or ID:FILE.")
  private String source = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "Where to: a file, or a folder that is there or ends in a slash.")
  private String target = "";

  WorkloadCopy(TuttiCommand tutti) {
    super(tutti);
  }

  /** A file of a workload. */
  private record Inside(String workload, String path) {

    static Inside of(String text) {
      int colon = text.indexOf(':');
      return new Inside(text.substring(0, colon), text.substring(colon + 1));
    }

    /** A colon comes before any slash: {@code ./a:b} is a file of this machine. */
    static boolean is(String text) {
      int colon = text.indexOf(':');
      return colon > 0 && text.substring(0, colon).indexOf('/') < 0;
    }

    Inside withName(String name) {
      return path.isEmpty() || path.endsWith("/") ? new Inside(workload, path + name) : this;
    }
  }

  @Override
  protected int run(TuttiClient client) {
    if (Inside.is(source) == Inside.is(target)) {
      throw new CommandFailure(
          ExitStatus.USAGE,
          "one of both is a file of a workload, written ID:FILE",
          "tutti workload cp ID:results/last.csv .");
    }
    WorkloadsClient workloads = new WorkloadsClient(client, json());
    try {
      if (Inside.is(source)) {
        take(workloads, Inside.of(source), Path.of(target));
      } else {
        give(workloads, Path.of(source), Inside.of(target));
      }
      return ExitStatus.OK;
    } catch (IOException failure) {
      throw new CommandFailure(
          ExitStatus.FAILED,
          "the file cannot be copied: " + failure,
          "Is there such a file, and room for it?");
    }
  }

  private void take(WorkloadsClient workloads, Inside from, Path to) throws IOException {
    String name = from.path().substring(from.path().lastIndexOf('/') + 1);
    boolean folder = Files.isDirectory(to) || target.endsWith("/");
    Path file = (folder ? to.resolve(name) : to).toAbsolutePath();
    // Whole or not at all: a connection that breaks leaves what was there.
    Path part = Files.createTempFile(Objects.requireNonNull(file.getParent()), ".tutti-", ".part");
    try (InputStream content = workloads.read(from.workload(), from.path())) {
      Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    print(Printable.line("copied     %s, %d bytes".formatted(file, Files.size(file))));
  }

  private void give(WorkloadsClient workloads, Path from, Inside to) throws IOException {
    byte[] content = Files.readAllBytes(from);
    Inside file = to.withName(String.valueOf(from.getFileName()));
    workloads.write(file.workload(), file.path(), content);
    print(
        Printable.line(
            "copied     %s:%s, %d bytes".formatted(file.workload(), file.path(), content.length)));
  }
}
