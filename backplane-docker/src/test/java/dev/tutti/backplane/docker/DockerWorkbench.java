package dev.tutti.backplane.docker;

import static org.awaitility.Awaitility.await;

import dev.tutti.backplane.testkit.Capability;
import dev.tutti.backplane.testkit.PrivateEngine;
import dev.tutti.backplane.testkit.Program;
import dev.tutti.backplane.testkit.Workbench;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;

/** Real containers of a real engine, marked as of an instance of their own. */
final class DockerWorkbench implements Workbench {

  /** Images stay as long as the engine, which all tests of a JVM share. */
  private static final ConcurrentMap<List<String>, String> BUILT = new ConcurrentHashMap<>();

  private final PrivateEngine engine = PrivateEngine.shared();
  private final String instance = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  private final EmptyRegistry registry;
  private final EngineDoor door;

  DockerWorkbench() throws IOException {
    registry = new EmptyRegistry();
    door = new EngineDoor(engine.host());
  }

  DockerSettings settings() {
    return DockerSettings.local(instance).onHost(door.host());
  }

  @Override
  public Map<Capability, String> missing() {
    return Map.of(
        Capability.BINARY_OUTPUT,
        "engines keep output as text, line by line",
        Capability.ORDER_OF_OUTPUTS,
        "engines read both outputs apart",
        Capability.MEMORY_OF_THE_REMOVED,
        "an engine forgets what somebody removes");
  }

  /** Method and path of each call that the backplane has made. */
  List<String> requests() {
    return door.requests();
  }

  @Override
  public DockerBackplane open() {
    return new DockerBackplane(settings());
  }

  @Override
  public WorkloadSpec spec(WorkloadId id, Program program, Map<String, String> environment) {
    return new WorkloadSpec(id, image(program.command()), environment, Map.of("label", "kept"));
  }

  /** An image that runs this command. */
  String image(List<String> command) {
    return BUILT.computeIfAbsent(
        command,
        _ -> {
          String name = "tutti-test/program:" + Integer.toHexString(command.hashCode());
          engine.image(name, command);
          return name;
        });
  }

  @Override
  public WorkloadSpec unknownImage(WorkloadId id) {
    return new WorkloadSpec(
        id, "127.0.0.1:%d/nobody/knows:1".formatted(registry.port()), Map.of(), Map.of());
  }

  @Override
  public int many() {
    return 40;
  }

  @Override
  public void makeVanish(WorkloadId id) {
    engine.docker("rm", "-f", Marks.of(settings()).containerName(id));
  }

  /** A real kill: the engine knows what ended meanwhile by what it kept on disk. */
  @Override
  public Accident stopEngine() {
    engine.kill();
    door.shut();
    return () -> {
      engine.start();
      door.open();
    };
  }

  @Override
  public Accident cutEvents() {
    door.cutEvents(true);
    return () -> door.cutEvents(false);
  }

  @Override
  public Accident slowDown(Duration delay) {
    door.delay(delay);
    return () -> door.delay(Duration.ZERO);
  }

  /**
   * Nobody but root of the machine sets the clock of its engine; but what it says can be changed.
   */
  @Override
  public Accident setClockOff(Duration difference) {
    door.clockOff(difference.negated());
    return () -> door.clockOff(Duration.ZERO);
  }

  @Override
  public List<String> remains() {
    List<String> left = new ArrayList<>();
    String ours = "label=" + Marks.of(settings()).filter().getFirst();
    left.addAll(
        engine.docker("ps", "-a", "--filter", ours, "--format", "{{.Names}}").lines().toList());
    left.addAll(
        engine
            .docker(
                "network",
                "ls",
                "--filter",
                ours,
                "--filter",
                "label=dev.tutti.network",
                "--format",
                "{{.Name}}")
            .lines()
            .toList());
    left.addAll(engine.docker("volume", "ls", "-q", "--filter", "dangling=true").lines().toList());
    return left;
  }

  @Override
  public void close() {
    registry.close();
    door.close();
    // Engines before 23 count wrong when many containers end at once, and then keep the empty
    // network until they are restarted: so what is asked is whether anything is in it.
    await()
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .until(() ->
            engine
                .tryDocker("network", "inspect", "-f", "{{len .Containers}}", settings().mark())
                .orElse("0")
                .equals("0"));
    engine.tryDocker("network", "rm", settings().mark());
  }
}
