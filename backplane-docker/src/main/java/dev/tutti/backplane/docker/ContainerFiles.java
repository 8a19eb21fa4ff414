package dev.tutti.backplane.docker;

import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.WorkloadFiles;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadPath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Files of containers, which engines give and take as archives. It is the engine that follows the
 * links of a path, within the files of the container.
 */
final class ContainerFiles implements WorkloadFiles {

  private static final int READABLE_BY_ALL = 0100644;

  private final Engine engine;
  private final ContainerCalls containers;

  ContainerFiles(Engine engine, ContainerCalls containers) {
    this.engine = engine;
    this.containers = containers;
  }

  @Override
  public void write(WorkloadId id, WorkloadPath path, InputStream content, long bytes) {
    Place place = place(id, path);
    try {
      Path archive = Files.createTempFile("tutti-copy", ".tar");
      try {
        pack(archive, path.name(), content, bytes);
        send(place, path, archive);
      } finally {
        Files.delete(archive);
      }
    } catch (IOException failed) {
      throw new Failure.Unavailable(
          "The file %s could not be copied into container %s: %s"
              .formatted(path, id, failed.getMessage()),
          failed);
    }
  }

  private static void pack(Path archive, String name, InputStream content, long bytes)
      throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(bytes);
      entry.setMode(READABLE_BY_ALL);
      tar.putArchiveEntry(entry);
      content.transferTo(tar);
      tar.closeArchiveEntry();
    }
  }

  private void send(Place place, WorkloadPath path, Path archive) throws IOException {
    try (InputStream packed = Files.newInputStream(archive)) {
      engine.stream(client ->
          client
              .copyArchiveToContainerCmd(place.container())
              .withRemotePath(place.folder())
              .withNoOverwriteDirNonDir(true)
              .withTarInputStream(packed)
              .exec());
    } catch (NotFoundException absent) {
      throw new Failure.NotFound("folder", place.folder());
    } catch (BadRequestException refused) {
      throw refused(path, Engine.said(refused));
    } catch (DockerException trouble) {
      throw unavailable(path, trouble);
    }
  }

  @Override
  public InputStream read(WorkloadId id, WorkloadPath path) {
    Place place = place(id, path);
    try {
      TarArchiveInputStream archive =
          new TarArchiveInputStream(
              engine.stream(client ->
                  client
                      .copyArchiveFromContainerCmd(
                          place.container(), place.folder() + "/" + path.name())
                      .exec()));
      TarArchiveEntry entry = archive.getNextEntry();
      if (entry == null || !entry.isFile() || entry.isSymbolicLink() || entry.isLink()) {
        archive.close();
        throw refused(path, "it is no regular file");
      }
      return archive;
    } catch (NotFoundException absent) {
      throw new Failure.NotFound("file", path.toString());
    } catch (DockerException trouble) {
      throw unavailable(path, trouble);
    } catch (IOException broken) {
      throw unavailable(path, broken);
    }
  }

  /**
   * @param folder absolute
   */
  private record Place(String container, String folder) {}

  private Place place(WorkloadId id, WorkloadPath path) {
    var found = containers.require(id);
    String home = found.getConfig().getWorkingDir();
    String folder =
        path.absolute() ? path.folder() : (home == null ? "" : home) + "/" + path.folder();
    return new Place(found.getId(), folder.isEmpty() ? "/" : folder);
  }

  private static Failure.Rejected refused(WorkloadPath path, String why) {
    return new Failure.Rejected(
        Problem.of("not-a-file", 409, "'%s' cannot be copied: %s.".formatted(path, why))
            .suggesting("Name a file in a folder that is there."));
  }

  private static Failure.Unavailable unavailable(WorkloadPath path, Exception trouble) {
    return new Failure.Unavailable(
        "The Docker Engine could not copy '%s': %s".formatted(path, Engine.said(trouble)), trouble);
  }
}
