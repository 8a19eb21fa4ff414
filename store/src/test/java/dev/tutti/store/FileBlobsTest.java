package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileBlobsTest {

  @TempDir Path folder;

  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  private FileBlobs open() {
    return FileBlobs.open(DataFolder.open(folder));
  }

  @Test
  void bytesComeBackUnderTheirHashUntilTheyAreDeleted() {
    String hash = open().put(CONTENT);
    assertThat(hash).hasSize(64);
    assertThat(open().put(CONTENT)).isEqualTo(hash);
    assertThat(open().get(hash)).hasValueSatisfying(b -> assertThat(b).isEqualTo(CONTENT));
    assertThat(open().list()).containsExactly(hash);
    open().delete(hash);
    open().delete(hash);
    assertThat(open().get(hash)).isEmpty();
    assertThat(open().list()).isEmpty();
  }

  @Test
  void collectionsDoNotSeeEachOther() {
    DataFolder data = DataFolder.open(folder);
    String hash = open().put(CONTENT);
    FileBlobs others = FileBlobs.open(data, "others");
    assertThat(others.list()).isEmpty();
    assertThat(others.put(CONTENT)).isEqualTo(hash);
    open().delete(hash);
    assertThat(others.list()).containsExactly(hash);
    assertThat(open().list()).isEmpty();
    assertThatThrownBy(() -> FileBlobs.open(data, "../elsewhere"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void damageIsNoticed() throws IOException {
    String hash = open().put(CONTENT);
    Files.writeString(folder.resolve("blobs").resolve(hash), "other");
    assertThatThrownBy(() -> open().get(hash))
        .isInstanceOf(Failure.Unavailable.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void halfWrittenBlobIsClearedAway() throws IOException {
    open();
    Path part = Files.writeString(folder.resolve("blobs").resolve("x.part"), "half");
    open();
    assertThat(part).doesNotExist();
  }

  @Test
  void nameThatIsNoHashIsRefused() {
    assertThatThrownBy(() -> open().get("../../etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
