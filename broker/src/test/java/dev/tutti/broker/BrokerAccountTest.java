package dev.tutti.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerAccountTest {
  @Test
  void anAccountIsMadeUpOnceAndKeptForItsOwnerOnly(@TempDir Path folder) throws IOException {
    Path data = folder.resolve("data");
    BrokerAccount made = BrokerAccount.loadOrCreate(data);
    assertThat(made.password()).hasSize(32);
    assertThat(BrokerAccount.loadOrCreate(data)).isEqualTo(made);
    assertThat(Files.getPosixFilePermissions(data.resolve(BrokerAccount.FILE)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (Stream<Path> files = Files.list(data)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void permissionsThatWereWidenedAreNarrowed(@TempDir Path folder) throws IOException {
    BrokerAccount made = BrokerAccount.loadOrCreate(folder);
    Path file = folder.resolve(BrokerAccount.FILE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(BrokerAccount.loadOrCreate(folder)).isEqualTo(made);
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @Test
  void aDamagedFileIsNamed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve(BrokerAccount.FILE), "half");
    assertThatThrownBy(() -> BrokerAccount.loadOrCreate(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(BrokerAccount.FILE);
  }

  @Test
  void thePasswordIsNotInItsText() {
    assertThat(new BrokerAccount("u", "secret").toString()).doesNotContain("secret");
  }

  @Test
  void onlyTheWholeAccountIsAdmitted() {
    BrokerAccount account = new BrokerAccount("u", "secret");
    assertThat(account.admits("u", "secret")).isTrue();
    assertThat(account.admits("u", "secre")).isFalse();
    assertThat(account.admits("v", "secret")).isFalse();
    assertThat(account.admits(null, null)).isFalse();
  }
}
