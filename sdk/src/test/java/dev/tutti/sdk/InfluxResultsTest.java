package dev.tutti.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class InfluxResultsTest {
  record Power(double power, int panels, String remark) {}

  private static final Output<Power> YIELD = Output.named("pv_power", Power.class);

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final List<String> warnings = new ArrayList<>();
  private HttpServer influx;

  InfluxResultsTest() throws IOException {
    influx = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    influx.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          boolean refused = refusals.getAndDecrement() > 0;
          if (!refused) {
            lines.addAll(body.lines().toList());
          }
          exchange.sendResponseHeaders(refused ? 503 : 204, -1);
          exchange.close();
        });
    influx.start();
  }

  @AfterEach
  void stop() {
    influx.stop(0);
  }

  @Test
  void pointIsOfTheStepAndObject() {
    ResultSink results = results();

    results.keep(step(1), object("pv 1"), YIELD.of(new Power(1.5, 8, "x")));
    results.keep(step(2), object("pv 1"), YIELD.of(new Power(Double.NaN, 8, "x")));
    results.close();

    assertThat(asked).containsOnly("POST /write?db=GO-e&precision=s&u=some+one&p=p%26w");
    assertThat(lines)
        .containsExactly(
            "pvinstallation,esdl_id=pv\\ 1,esdl_name=Roof\\,\\ south,model_id=pv-1,simulation_id=sim panels=8.0,power=1.5 1674604800",
            "pvinstallation,esdl_id=pv\\ 1,esdl_name=Roof\\,\\ south,model_id=pv-1,simulation_id=sim panels=8.0 1674605700");
    assertThat(warnings).isEmpty();
  }

  @Test
  void failedWriteIsTriedAgain() {
    refusals.set(2);
    ResultSink results = results();

    results.keep(step(1), object("pv1"), YIELD.of(new Power(1, 1, "")));
    results.close();

    assertThat(lines).hasSize(1);
    assertThat(asked).hasSize(3);
    assertThat(warnings).isEmpty();
  }

  @Test
  void databaseThatIsAwayIsWaitedForWhileTheSimulationRuns() {
    refusals.set(5);
    ResultSink results = results();

    results.keep(step(1), object("pv1"), YIELD.of(new Power(1, 1, "")));
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(lines).hasSize(1));
    results.close();

    assertThat(asked).as("more tries than at the end of a simulation").hasSize(6);
    assertThat(warnings).isEmpty();
  }

  @Test
  void whatCannotBeWrittenIsAWarning() {
    refusals.set(1_000);
    ResultSink results = results();

    results.keep(step(1), object("pv1"), YIELD.of(new Power(1, 1, "")));
    results.close();

    assertThat(warnings).anyMatch(line -> line.contains("status 503"));
  }

  @Test
  void withoutAHostNothingIsWritten() {
    Environment environment =
        Environment.of(Map.of("SIMULATION_ID", "sim", "MODEL_ID", "pv-1", "INFLUXDB_HOST", ""));

    assertThat(ResultSink.of(environment, service(), (_, line) -> warnings.add(line)))
        .isInstanceOf(ResultSink.Nowhere.class);
  }

  private ResultSink results() {
    Environment environment =
        Environment.of(
            Map.of(
                "SIMULATION_ID", "sim",
                "MODEL_ID", "pv-1",
                "INFLUXDB_HOST", "http://127.0.0.1",
                "INFLUXDB_PORT", Integer.toString(influx.getAddress().getPort()),
                "INFLUXDB_USER", "some one",
                "INFLUXDB_PASSWORD", "p&w",
                "INFLUXDB_NAME", "GO-e"));
    return ResultSink.of(environment, service(), (_, line) -> warnings.add(line));
  }

  private static Service service() {
    return Service.named("pv_service")
        .calculation("pv_yield")
        .sends(YIELD)
        .calculates((_, _, _) -> Results.none());
  }

  private static EsdlObject object(String id) {
    return new EsdlObject(
        "asset", "PVInstallation", Map.of("id", id, "name", "Roof, south"), List.of());
  }

  private static Step step(int number) {
    EnergySystem street = EnergySystem.read(Street.ESDL);
    Simulation simulation =
        new Simulation(
            "sim",
            "pv-1",
            "test",
            Instant.ofEpochSecond(1_674_604_800),
            Duration.ofMinutes(15),
            2,
            street,
            List.of(),
            Map.of());
    return new Step(number, Instant.EPOCH, 1, simulation, (_, _) -> {});
  }
}
