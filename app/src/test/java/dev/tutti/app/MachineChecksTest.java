package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Doctor;
import dev.tutti.core.doctor.Finding;
import dev.tutti.core.doctor.Finding.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check of the machine says what is wrong when it is, and is content otherwise. */
class MachineChecksTest {

  @TempDir Path folder;

  private static List<Level> levels(List<Finding> findings) {
    return findings.stream().map(Finding::level).toList();
  }

  // ---- systemd

  private ServiceManagerCheck systemd(String cgroup, String killMode) throws Exception {
    Path file = folder.resolve("cgroup");
    Files.writeString(file, cgroup);
    return new ServiceManagerCheck(
        Map.of("INVOCATION_ID", "1"),
        file,
        unit -> unit.equals("tutti.service") ? Optional.of(killMode) : Optional.empty());
  }

  @Test
  void systemdThatKillsWorkloadsIsAnError() throws Exception {
    String cgroup = "0::/system.slice/tutti.service\n";
    Finding killed = systemd(cgroup, "control-group").look(false).getFirst();
    assertThat(killed.level()).isEqualTo(Level.ERROR);
    assertThat(killed.sentence()).contains("tutti.service", "KillMode=control-group");
    assertThat(killed.advice()).contains("KillMode=process");
    assertThat(levels(systemd(cgroup, "process").look(false))).containsExactly(Level.OK);
    assertThat(levels(systemd("0::/user.slice\n", "process").look(false)))
        .containsExactly(Level.WARNING);
  }

  @Test
  void withoutSystemdThereIsNothingToSay() throws Exception {
    ServiceManagerCheck check =
        new ServiceManagerCheck(
            Map.of(),
            folder.resolve("none"),
            _ -> {
              throw new AssertionError("nobody is to be asked");
            });
    assertThat(levels(check.look(false))).containsExactly(Level.OK);
  }

  // ---- limits

  private List<Finding> limits(String files, String processes, int workloads) throws Exception {
    Files.writeString(
        folder.resolve("limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             %s               30000                processes
        Max open files            %s                 1048576              files
        """
            .formatted(processes, files));
    Files.createDirectories(folder.resolve("fd"));
    return new ProcessLimitsCheck(folder, workloads).look(false);
  }

  @Test
  void limitsThatAreTooLowForTheWorkloadsAreWarnings() throws Exception {
    assertThat(levels(limits("1048576", "unlimited", 400))).containsExactly(Level.OK, Level.OK);
    List<Finding> low = limits("256", "600", 400);
    assertThat(levels(low)).containsExactly(Level.WARNING, Level.WARNING);
    assertThat(low.getFirst().sentence()).contains("At most 256 open files, 0 are used");
    assertThat(low.getFirst().advice()).contains("LimitNOFILE", "TUTTI_LIMITS_WORKLOADS");
    assertThat(low.getLast().sentence()).contains("At most 600 processes", "need 1100");
  }

  @Test
  void limitThatIsNearlyUsedUpIsAWarning() throws Exception {
    Files.createDirectories(folder.resolve("fd"));
    for (int i = 0; i < 599; i++) {
      Files.createFile(folder.resolve("fd").resolve(String.valueOf(i)));
    }
    assertThat(levels(limits("600", "unlimited", 1))).containsExactly(Level.WARNING, Level.OK);
  }

  // ---- memory, disk, versions

  @Test
  void littleMemoryIsAWarning() throws Exception {
    Path meminfo = folder.resolve("meminfo");
    Files.writeString(meminfo, "MemTotal: 8000000 kB\nMemAvailable:     100000 kB\n");
    assertThat(levels(new MemoryCheck(meminfo).look(false))).containsExactly(Level.WARNING);
    Files.writeString(meminfo, "MemTotal: 8000000 kB\nMemAvailable:    4000000 kB\n");
    assertThat(levels(new MemoryCheck(meminfo).look(false))).containsExactly(Level.OK);
    assertThat(levels(new MemoryCheck(folder.resolve("none")).look(false)))
        .containsExactly(Level.OK);
  }

  @Test
  void diskSaysHowMuchIsFree() throws Exception {
    List<Finding> findings = new DiskCheck(folder).look(false);
    assertThat(findings.getFirst().sentence()).matches("\\d+ MB are free at .*");
    assertThat(levels(new DiskCheck(folder.resolve("none")).look(false)).getFirst())
        .isEqualTo(Level.ERROR);
  }

  @Test
  void versionsNameWhatRuns() throws Exception {
    List<Finding> findings = new VersionsCheck("1.2.3").look(false);
    assertThat(findings.getFirst().sentence()).contains("Tutti 1.2.3 on Java 25");
    assertThat(findings.getLast().sentence()).contains("env -S");
    assertThat(levels(findings)).doesNotContain(Level.ERROR);
  }

  // ---- data folder

  private DataFolderCheck dataFolder() {
    return new DataFolderCheck(folder, InstantSource.system());
  }

  private void mode(Path path, String rights) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
  }

  @Test
  void dataFolderThatOthersCanReadIsAnError() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "secret");
    mode(folder, "rwx------");
    mode(token, "rw-------");
    assertThat(levels(dataFolder().look(false))).containsExactly(Level.OK);

    mode(token, "rw-r--r--");
    Finding readable = dataFolder().look(false).getFirst();
    assertThat(readable.level()).isEqualTo(Level.ERROR);
    assertThat(readable.advice()).contains("chmod 600");
    assertThat(readable.toString()).doesNotContain("secret");
  }

  @Test
  void whatACrashLeftIsFoundOnceItIsOld() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "secret");
    mode(folder, "rwx------");
    mode(token, "rw-------");
    Path blobs = Files.createDirectory(folder.resolve("blobs"));
    Path part = Files.createFile(blobs.resolve("abc.part"));
    assertThat(levels(dataFolder().look(false))).containsExactly(Level.OK);

    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minusSeconds(3600)));
    Finding stray = dataFolder().look(false).getFirst();
    assertThat(stray.level()).isEqualTo(Level.WARNING);
    assertThat(stray.sentence()).contains("1 files or folders", "abc.part");
  }

  // ---- the doctor

  private record Fixed(String name, Look look) implements Check {
    interface Look {
      List<Finding> at(boolean deep) throws InterruptedException;
    }

    @Override
    public List<Finding> look(boolean deep) throws InterruptedException {
      return look.at(deep);
    }
  }

  @Test
  void checkThatFailsOrHangsIsAFindingAndHarmsNoOther() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Doctor doctor =
        new Doctor(
            List.of(
                new Fixed(
                    "hangs",
                    _ -> {
                      never.await();
                      return List.of();
                    }),
                new Fixed(
                    "fails",
                    _ -> {
                      throw new IllegalStateException("boom");
                    }),
                new Fixed(
                    "well",
                    deep -> List.of(new Finding("well", Level.OK, deep ? "deep" : "quick", "")))),
            Duration.ofMillis(200),
            Duration.ofSeconds(1));

    List<Finding> findings = doctor.examine(false);

    assertThat(findings).extracting(Finding::check).containsExactly("hangs", "fails", "well");
    assertThat(levels(findings)).containsExactly(Level.ERROR, Level.ERROR, Level.OK);
    assertThat(findings.get(0).sentence()).contains("did not end within");
    assertThat(findings.get(1).sentence()).contains("boom");
    assertThat(findings.get(2).sentence()).isEqualTo("quick");
    assertThat(doctor.examine(true).get(2).sentence()).isEqualTo("deep");
  }
}
