package dev.tutti.backplane.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Map.entry;

import dev.tutti.backplane.testkit.Capability;
import dev.tutti.backplane.testkit.Program;
import dev.tutti.backplane.testkit.Workbench;
import dev.tutti.core.backplane.Image;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Real processes in a temporary folder. */
final class ProcessWorkbench implements Workbench {

  static final ProcessSettings SETTINGS =
      new ProcessSettings("127.0.0.1", 256 << 10, Duration.ofMillis(50), Duration.ofMillis(300));

  private final Path folder;
  private final Map<String, Image> images = new ConcurrentHashMap<>();

  ProcessWorkbench() throws IOException {
    this.folder = Files.createTempDirectory("tutti-process");
  }

  Path folder() {
    return folder;
  }

  @Override
  public Map<Capability, String> missing() {
    String kernel = "processes are asked of the kernel, which is there as long as we are";
    String machine =
        "processes have the ports, files and networks of the machine; a start that asks for others is refused";
    return Map.ofEntries(
        entry(
            Capability.MEMORY_LIMIT,
            "processes are in no control group; a start with a limit is refused"),
        entry(
            Capability.RESIZING, "processes are in no control group, and have no limits to change"),
        entry(Capability.PUBLISHED_PORTS, machine),
        entry(Capability.NETWORKS, machine),
        entry(Capability.VOLUMES, machine),
        entry(
            Capability.HOST_ACCESS,
            "processes reach what the user of the server reaches; a start that wants more is refused"),
        entry(Capability.REGISTRY, "images are entries of the catalogue; none is fetched"),
        entry(Capability.ENGINE, kernel),
        entry(Capability.SLOWNESS, kernel),
        entry(
            Capability.EVENT_STREAM,
            "the kernel tells of each end by a descriptor of its own; there is no stream to be cut"),
        entry(
            Capability.OTHER_CLOCK,
            "only the monotonic clock of the machine is used, which nobody can set"));
  }

  @Override
  public ProcessBackplane open() {
    return open(
        new ProcessSettings(
            "127.0.0.1", 16 << 20, SETTINGS.upkeepInterval(), SETTINGS.startGrace()));
  }

  ProcessBackplane open(ProcessSettings settings) {
    return new ProcessBackplane(
        folder, reference -> Optional.ofNullable(images.get(reference)), settings);
  }

  @Override
  public WorkloadSpec spec(WorkloadId id, Program program, Map<String, String> environment) {
    return spec(id, program.command(), environment);
  }

  WorkloadSpec spec(WorkloadId id, List<String> command, Map<String, String> environment) {
    return spec(id, new Image("program:" + images.size(), command, "", Map.of()), environment);
  }

  WorkloadSpec spec(WorkloadId id, Image image, Map<String, String> environment) {
    images.put(image.reference(), image);
    return new WorkloadSpec(id, image.reference(), environment, Map.of("label", "kept"));
  }

  @Override
  public WorkloadSpec unknownImage(WorkloadId id) {
    return new WorkloadSpec(id, "nobody/knows:1", Map.of(), Map.of());
  }

  AttemptFolder attempt(WorkloadId id) {
    return new AttemptFolder(folder.resolve(id.value()));
  }

  ProcessIdentity wrapper(WorkloadId id) {
    return attempt(id).owner().flatMap(ProcessIdentity::parse).orElseThrow();
  }

  @Override
  public void makeVanish(WorkloadId id) {
    ProcessHandle.of(wrapper(id).pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Processes are told by their environment, which names a home in our folder. */
  @Override
  public List<String> remains() {
    List<String> remains = new ArrayList<>();
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(folder)) {
      homes.forEach(home -> remains.add(home.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    processes().forEach(pid -> remains.add("process " + pid));
    return remains;
  }

  List<String> processes() {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (mentionsUs(process.resolve("environ")) || mentionsUs(process.resolve("cmdline"))) {
          found.add(process.getFileName().toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private boolean mentionsUs(Path file) {
    try {
      return Files.readString(file, ISO_8859_1).contains(folder + "/");
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
