package dev.tutti.cli;

import dev.tutti.api.BackupArchive;
import dev.tutti.api.BackupManifest;
import dev.tutti.api.ClientFailure;
import dev.tutti.api.TuttiClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tutti backup}: saves what a server needs to be restored, while it runs. */
@Command(
    name = "backup",
    description = {
      "Saves what a server needs to be restored, while it runs: its records, the requests that wait,",
      "and its secrets (token, account of the broker, key). The file is checked before it appears under",
      "its name, and only its owner may read it. Outputs of workloads are no part of it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti backup tutti.backup",
      "  tutti backup /srv/backups/                  a folder: the file gets the date as its name",
      "  tutti backup tutti.backup --force           replace an earlier one",
      "  tutti restore tutti.backup --data ./data    the way back, while no server runs"
    })
final class BackupCommand extends ClientCommand {
  private static final int PIECE = 64 << 10;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'tutti-'yyyyMMdd'T'HHmmss'Z.backup'").withZone(ZoneOffset.UTC);

  @Parameters(paramLabel = "FILE", description = "Where to save it: a new file, or a folder.")
  private Path file = Path.of("");

  @Option(names = "--force", description = "Replace the file if there is one. Default: refuse.")
  private boolean force;

  BackupCommand(TuttiCommand tutti) {
    super(tutti);
  }

  @Override
  protected int run(TuttiClient client) {
    Path target = file.toAbsolutePath();
    if (Files.isDirectory(target)) {
      target = target.resolve(NAME.format(around().clock().instant()));
    }
    if (!force && Files.exists(target)) {
      throw exists(target);
    }
    try {
      save(client, target, Objects.requireNonNull(target.getParent()));
      return ExitStatus.OK;
    } catch (FileAlreadyExistsException meanwhile) {
      throw exists(target);
    } catch (BackupArchive.Damaged damaged) {
      throw new CommandFailure(
          ExitStatus.FAILED, String.valueOf(damaged.getMessage()), "Nothing was saved; try again.");
    } catch (IOException failure) {
      throw new CommandFailure(
          ExitStatus.FAILED,
          "the backup cannot be saved as " + target + ": " + failure,
          "Is there a folder of that name, and room in it?");
    }
  }

  private void save(TuttiClient client, Path target, Path folder) throws IOException {
    // Such a file is made for its owner alone.
    Path part = Files.createTempFile(folder, ".tutti-", ".part");
    try {
      download(client, part);
      BackupManifest manifest = new BackupArchive(part).verify();
      if (force) {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.move(part, target);
      }
      flush(folder, StandardOpenOption.READ);
      print(
          Printable.line("saved      %s, %d bytes, checked".formatted(target, Files.size(target))));
      manifest.lines().forEach(line -> print(Printable.line(line)));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void download(TuttiClient client, Path part) throws IOException {
    try (InputStream backup = client.backup();
        OutputStream out = Files.newOutputStream(part)) {
      byte[] piece = new byte[PIECE];
      for (int read = read(client, backup, piece); read >= 0; read = read(client, backup, piece)) {
        out.write(piece, 0, read);
      }
    }
    flush(part, StandardOpenOption.WRITE);
  }

  /** A connection that breaks is the server's trouble, not the disk's. */
  private static int read(TuttiClient client, InputStream backup, byte[] piece) {
    try {
      return backup.read(piece);
    } catch (IOException broken) {
      throw new ClientFailure.NotReachable(client.server(), broken);
    }
  }

  private static void flush(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  private static CommandFailure exists(Path target) {
    return new CommandFailure(
        ExitStatus.FAILED,
        target + " exists already",
        "Name another file, or replace it with --force.");
  }
}
