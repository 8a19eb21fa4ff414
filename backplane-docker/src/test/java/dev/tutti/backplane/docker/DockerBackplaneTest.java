package dev.tutti.backplane.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tutti.backplane.testkit.Busybox;
import dev.tutti.backplane.testkit.Plan;
import dev.tutti.backplane.testkit.PrivateEngine;
import dev.tutti.backplane.testkit.Program;
import dev.tutti.backplane.testkit.Witness;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.HostAccess;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Resources;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract does not say: how containers are made, what they cost, and whose they are. */
final class DockerBackplaneTest {

  private static final long MEMORY = 64L << 20;

  private final PrivateEngine engine = PrivateEngine.shared();
  private final Witness witness = new Witness();
  private final DockerWorkbench bench;
  private final DockerBackplane backplane;

  DockerBackplaneTest() throws IOException {
    bench = new DockerWorkbench();
    backplane = bench.open();
  }

  @BeforeEach
  void listen() {
    backplane.watch(witness);
  }

  @AfterEach
  void clear() {
    try {
      backplane.clear();
      assertThat(bench.remains()).isEmpty();
    } finally {
      backplane.close();
      bench.close();
    }
  }

  /** However many there are, and also when all end together. */
  @Test
  void eachWorkloadCostsThreeCallsToStartTwoToEndAndThreeToRemove() {
    int count = 10;
    List<WorkloadSpec> specs =
        IntStream.range(0, count).mapToObj(i -> spec("of-many-" + i, Program.runs())).toList();
    List<WorkloadId> ids = specs.stream().map(WorkloadSpec::id).toList();
    // What is compared once events come is no workload's call.
    await()
        .until(() ->
            bench.requests().stream().filter(call -> call.contains("/containers/json")).count()
                == 2);
    assertThat(callsOf(() -> specs.forEach(backplane::start))).hasSizeLessThanOrEqualTo(3 * count);
    assertThat(
            callsOf(() -> {
              kill(ids);
              await().until(() -> witness.ends() == count);
            }))
        .hasSizeLessThanOrEqualTo(2 * count);
    assertThat(callsOf(backplane::list)).hasSize(1);
    assertThat(callsOf(() -> ids.forEach(backplane::remove))).hasSizeLessThanOrEqualTo(3 * count);
  }

  private List<String> callsOf(Runnable action) {
    int before = bench.requests().size();
    action.run();
    List<String> all = bench.requests();
    return all.subList(before, all.size());
  }

  private void kill(List<WorkloadId> ids) {
    List<String> command = new ArrayList<>(List.of("kill"));
    ids.forEach(id -> command.add(name(id)));
    engine.docker(command.toArray(String[]::new));
  }

  @Test
  void whatIsGrantedAndNoMoreIsWhatTheContainerHas(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("told"), "of the machine");
    WorkloadSpec plain = spec("plain", Program.runs());
    backplane.start(plain);
    assertThat(inspected(plain, "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}"))
        .isEqualTo("0 0");
    assertThat(inspected(plain, "{{len .Mounts}} {{.HostConfig.Privileged}}")).isEqualTo("0 false");
    assertThat(inspected(plain, "{{.HostConfig.SecurityOpt}}")).isEqualTo("[no-new-privileges]");
    // Whoever talks without end does not fill the disk.
    assertThat(
            inspected(
                plain,
                "{{.HostConfig.LogConfig.Type}} {{index .HostConfig.LogConfig.Config \"max-size\"}}"
                    + " {{index .HostConfig.LogConfig.Config \"max-file\"}}"))
        .isEqualTo("json-file 8388608b 2");

    WorkloadSpec reaching =
        spec("reaching", new Program(List.of("cat", folder + "/told"), Plan.exits(0)))
            .within(new Resources(500, MEMORY))
            .reaching(
                new HostAccess.HostPath(folder.toString()),
                new HostAccess.Capability("CAP_NET_ADMIN"),
                new HostAccess.Device("/dev/null"),
                new HostAccess.Namespace("pid"));
    backplane.start(reaching);
    await().until(() -> witness.endOf(reaching.id()).isPresent());
    assertThat(said(reaching)).isEqualTo("of the machine");
    assertThat(
            inspected(
                reaching,
                "{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.NanoCpus}}"))
        .isEqualTo(MEMORY + " " + MEMORY + " 500000000");
    assertThat(inspected(reaching, "{{.HostConfig.CapAdd}} {{.HostConfig.PidMode}}"))
        .containsIgnoringCase("NET_ADMIN")
        .endsWith("host");
  }

  /** Debian 12's engine does not tell the gateway of such a network. */
  @Test
  void networkThatWasMadeWithItsAddressesOnlyIsReachedAtItsBridge() throws IOException {
    engine.docker("network", "create", "tutti-free");
    String subnet =
        engine.docker(
            "network", "inspect", "-f", "{{(index .IPAM.Config 0).Subnet}}", "tutti-free");
    engine.docker("network", "rm", "tutti-free");
    String first = subnet.replaceFirst("0/.*", "1");
    for (List<String> more :
        List.of(
            List.<String>of(),
            List.of("--ip-range=" + subnet.replaceFirst("0/.*", "128/26")),
            List.of("--gateway=" + first),
            List.of("--opt=com.docker.network.bridge.name=tutti-of-test"))) {
      List<String> create =
          new ArrayList<>(List.of("network", "create", "--subnet=" + subnet, "tutti-named"));
      create.addAll(2, more);
      engine.docker(create.toArray(String[]::new));
      try (DockerBackplane named =
          new DockerBackplane(bench.settings().inNetwork("tutti-named", ""))) {
        assertThat(NetworkInterface.getByInetAddress(InetAddress.getByName(named.gateway())))
            .as("%s of %s, made with %s", named.gateway(), subnet, more)
            .isNotNull();
        if (!more.toString().contains("ip-range")) {
          assertThat(named.gateway()).isEqualTo(first);
        }
        WorkloadSpec asks = spec("asks", new Program(List.of("cat", "/etc/hosts"), Plan.exits(0)));
        named.watch(witness);
        named.start(asks);
        await().until(() -> witness.endOf(asks.id()).isPresent());
        assertThat(said(asks)).contains(named.gateway() + "\thost.docker.internal");
        named.remove(asks.id());
      } finally {
        engine.docker("network", "rm", "tutti-named");
      }
    }
  }

  /** Who is refused hears why, and not that a container has vanished. */
  @Test
  void startsThatTheEngineRefusesAreNotSeenAsContainersThatVanished() {
    for (int i = 0; i < 20; i++) {
      // The engine makes such a container, and refuses to start it.
      WorkloadSpec spec =
          spec("refused-" + i, Program.runs()).reaching(new HostAccess.Device("/dev/no-such"));
      assertThatExceptionOfType(StartRefused.class)
          .isThrownBy(() -> backplane.start(spec))
          .withMessageContaining("/dev/no-such")
          .satisfies(refused -> assertThat(refused.code()).isEqualTo(ExitCodes.START_FAILED));
    }
    // What the engine tells comes in order: when this is heard, all before it has been.
    WorkloadSpec last = spec("last", new Program(List.of("true"), Plan.exits(0)));
    backplane.start(last);
    await().until(() -> witness.endOf(last.id()).isPresent());
    assertThat(witness.ends()).isEqualTo(1);
  }

  /** An engine that is told to prune removes it when nothing runs. */
  @Test
  void networkThatSomebodyRemovedIsMadeAgainWithItsAddresses() {
    engine.docker("network", "prune", "--force");
    assertThat(engine.docker("network", "ls", "--quiet", "--filter=name=" + backplane.network()))
        .isEmpty();
    List<WorkloadSpec> specs =
        IntStream.range(0, 4).mapToObj(i -> spec("again-" + i, Program.runs())).toList();
    try (ExecutorService atOnce = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<?> start :
          specs.stream().map(spec -> atOnce.submit(() -> backplane.start(spec))).toList()) {
        assertThatCode(start::get).doesNotThrowAnyException();
      }
    }
    for (WorkloadSpec spec : specs) {
      await().until(() -> witness.sawRunning(spec.id()));
      assertThat(inspected(spec, "{{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}"))
          .isEqualTo(backplane.gateway());
    }
  }

  @Test
  void networkWithoutAGatewayAndOneThatIsNotThereAreRefused() {
    for (String name : List.of("none", "tutti-nobodys")) {
      DockerSettings settings = bench.settings().inNetwork(name, "");
      assertThatExceptionOfType(Failure.Rejected.class)
          .isThrownBy(() -> new DockerBackplane(settings))
          .withMessageContaining("'" + name + "'")
          .satisfies(
              refused -> assertThat(refused.problem().sentence()).contains("TUTTI_DOCKER_NETWORK"));
    }
  }

  @Test
  void whatTheMachineDoesNotHaveRefusesTheStart() {
    WorkloadSpec spec = spec("impossible", Program.runs());
    Stream.of(
            spec.within(Resources.ofMemory(1)),
            spec.reaching(new HostAccess.HostPath("/no/such/folder")),
            spec.reaching(new HostAccess.Device("/dev/no-such-device")),
            spec.reaching(new HostAccess.Capability("NO_SUCH_RIGHT")),
            spec.reaching(new HostAccess.Namespace("mind")))
        .forEach(impossible ->
            assertThatExceptionOfType(StartRefused.class)
                .as("%s %s", impossible.most(), impossible.access())
                .isThrownBy(() -> backplane.start(impossible))
                .satisfies(refused -> assertThat(refused.reason()).isNotBlank()));
    assertThat(backplane.list()).isEmpty();
    backplane.start(spec);
    await().until(() -> witness.sawRunning(spec.id()));
  }

  /** Its name is as ours would be, and its label is of another server. */
  @Test
  void containerOfSomebodyElseIsNotTouched() {
    WorkloadSpec spec = spec("alike", Program.runs());
    engine.docker(
        "create",
        "--network=none",
        "--name=" + name(spec.id()),
        "--label=dev.tutti.workload=alike",
        "--label=dev.tutti.instance=other",
        Busybox.IMAGE,
        "true");
    try {
      assertThat(backplane.list()).isEmpty();
      assertThatExceptionOfType(StartRefused.class)
          .isThrownBy(() -> backplane.start(spec))
          .satisfies(refused -> assertThat(refused.reason()).contains("not of this server"));
      assertThatExceptionOfType(Failure.NotFound.class)
          .isThrownBy(() -> backplane.logs(spec.id(), LogOptions.all()));
      assertThat(backplane.particulars(spec.id())).isEmpty();
      backplane.stop(spec.id(), Duration.ZERO);
      backplane.remove(spec.id());
      assertThat(engine.docker("inspect", "-f", "{{.State.Status}}", name(spec.id())))
          .isEqualTo("created");
    } finally {
      engine.docker("rm", "-f", name(spec.id()));
    }
  }

  private WorkloadSpec spec(String name, Program program) {
    return bench.spec(new WorkloadId(name), program, Map.of());
  }

  private String name(WorkloadId id) {
    return Marks.of(bench.settings()).containerName(id);
  }

  private String inspected(WorkloadSpec spec, String format) {
    return engine.docker("inspect", "-f", format, name(spec.id()));
  }

  private String said(WorkloadSpec spec) throws IOException {
    try (InputStream logs = backplane.logs(spec.id(), LogOptions.all())) {
      return new String(logs.readAllBytes(), UTF_8);
    }
  }
}
