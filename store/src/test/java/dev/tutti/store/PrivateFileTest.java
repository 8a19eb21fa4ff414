package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.store.PrivateFile;
import dev.tutti.store.testkit.FailingDisk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key and the token, on a disk that fails at once. */
final class PrivateFileTest {

  @TempDir Path temp;

  @Test
  void ofSeveralThatMakeItUpTheFirstCounts() throws Exception {
    Path file = temp.resolve("account");
    PrivateFile.writeOnce(file, "first".getBytes(StandardCharsets.US_ASCII));
    PrivateFile.writeOnce(file, "second".getBytes(StandardCharsets.US_ASCII));
    assertThat(file).hasContent("first");
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whatIsWrittenOutlivesTheDiskAndIsForItsOwnerAlone() throws Exception {
    try (FailingDisk disk = FailingDisk.mount(temp, 16)) {
      Path file = Files.createDirectory(disk.path().resolve("data")).resolve("token");
      disk.flush();
      PrivateFile.write(file, "secret".getBytes(StandardCharsets.US_ASCII));
      disk.fail();
      disk.repair();
      assertThat(file).hasContent("secret");
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
        assertThat(files).containsExactly(file);
      }
    }
  }
}
