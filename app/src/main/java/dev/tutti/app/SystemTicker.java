package dev.tutti.app;

import dev.tutti.core.run.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The machine's own. On Linux the Java machine counts from the boot, in every process, so a boot is
 * an era. Elsewhere each process is one of its own.
 */
record SystemTicker(String era) implements Ticker {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  static SystemTicker ofThisMachine() {
    try {
      return new SystemTicker(Files.readString(BOOT).strip());
    } catch (IOException notLinux) {
      return new SystemTicker(UUID.randomUUID().toString());
    }
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
