package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.WorkloadFiles;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files into workloads and out of them. */
interface FilesTheme extends Theme {

  @Test
  default void fileGoesInAndComesOutAsItIs() throws IOException {
    trial().needs(Capability.FILES);
    WorkloadId id = trial().start("files", Program.runs());
    trial().awaitRunning(id);
    byte[] content = new byte[200_000];
    new Random(7).nextBytes(content);
    write(id, "data.bin", new byte[300_000]);
    write(id, "data.bin", content);
    assertThat(read(id, "data.bin")).isEqualTo(content);
    write(id, "empty", new byte[0]);
    trial().backplane().stop(id, Trial.PATIENT);
    assertThat(read(id, "./data.bin")).isEqualTo(content);
    assertThat(read(id, "empty")).isEmpty();

    assertThatExceptionOfType(Failure.NotFound.class).isThrownBy(() -> read(id, "absent"));
    assertThatExceptionOfType(Failure.NotFound.class)
        .isThrownBy(() -> write(id, "absent/file", content));
    assertThatExceptionOfType(Failure.NotFound.class)
        .isThrownBy(() -> read(new WorkloadId("unknown"), "data.bin"));
  }

  /** Links are made by programs, which nobody trusts. */
  @Test
  default void linkLeadsToNothingOutsideTheWorkload(@TempDir Path outside) throws IOException {
    trial().needs(Capability.FILES);
    Files.writeString(outside.resolve("secret"), "of the machine");
    WorkloadId id = trial().start("links", Program.links(outside.toString()));
    trial().awaitOutput(id, "ready\n");
    assertThatExceptionOfType(Failure.class).isThrownBy(() -> read(id, "way/secret"));
    assertThatExceptionOfType(Failure.class).isThrownBy(() -> read(id, "secret"));
    assertThatExceptionOfType(Failure.class).isThrownBy(() -> write(id, "way/new", new byte[1]));
    try {
      write(id, "secret", new byte[1]);
    } catch (Failure.Rejected refused) {
      // To refuse is as good as to put a file in the place of the link.
    }
    assertThat(outside.resolve("secret")).hasContent("of the machine");
    assertThat(outside.resolve("new")).doesNotExist();
  }

  private WorkloadFiles files() {
    return trial().backplane().files().orElseThrow();
  }

  private byte[] read(WorkloadId id, String path) throws IOException {
    try (InputStream file = files().read(id, WorkloadPath.of(path))) {
      return file.readAllBytes();
    }
  }

  private void write(WorkloadId id, String path, byte[] content) {
    files().write(id, WorkloadPath.of(path), new ByteArrayInputStream(content), content.length);
  }
}
