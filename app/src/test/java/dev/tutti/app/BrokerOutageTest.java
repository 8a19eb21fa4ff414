package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Image;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.ModelConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models end while the broker is away: all is told when it is back, in order, once. */
class BrokerOutageTest {

  private static final List<String> SIMULATIONS = List.of("one", "two");
  private static final int MODELS = 8;
  private static final Duration TOLD_WITHIN = Duration.ofMinutes(1);

  /** Is ready, and ends when it is told; every second one with 2. */
  private static final String SCRIPT =
      """
      mosquitto_pub -h "$MQTT_HOST" -p "$MQTT_PORT" -u "$MQTT_USERNAME" -P "$MQTT_PASSWORD" -q 1 \\
        -t "/lifecycle/model/mso/$SIMULATION_ID/$MODEL_ID/ReadyForProcessing" -n || exit 3
      while [ ! -e "$GO" ]; do sleep 0.1; done
      exit "$CODE"
      """;

  @TempDir Path folder;

  private interface Outage {
    void begin(Mosquitto broker) throws Exception;

    void end(Mosquitto broker) throws Exception;
  }

  @Test
  void endsDuringAStopOfTheBrokerAreToldInOrderAfterItsReturn() throws Exception {
    outage(during(Mosquitto::stop, Mosquitto::start));
  }

  @Test
  void endsDuringAFreezeOfTheBrokerAreToldInOrderAfterIt() throws Exception {
    outage(
        new Outage() {
          @Override
          public void begin(Mosquitto broker) throws Exception {
            broker.signal("STOP");
          }

          @Override
          public void end(Mosquitto broker) throws Exception {
            broker.signal("CONT");
          }
        });
  }

  @Test
  void endsAfterAKillOfTheBrokerAreToldInOrderAfterItsReturn() throws Exception {
    outage(during(Mosquitto::kill, Mosquitto::start));
  }

  private static Outage during(
      java.util.function.Consumer<Mosquitto> begin, java.util.function.Consumer<Mosquitto> end) {
    return new Outage() {
      @Override
      public void begin(Mosquitto broker) {
        begin.accept(broker);
      }

      @Override
      public void end(Mosquitto broker) {
        end.accept(broker);
      }
    };
  }

  private void outage(Outage outage) throws Exception {
    try (Mosquitto broker = Mosquitto.remembering();
        TestServer server = TestServer.on(broker);
        Observer observer = new Observer(broker.port(), Mosquitto.USER, Mosquitto.PASSWORD)) {
      server
          .app()
          .images()
          .add(new Image(Models.TINY, List.of("/bin/sh", "-c", SCRIPT), "", Map.of()));
      for (String simulation : SIMULATIONS) {
        observer.publish(
            "/lifecycle/dots-so/mso/" + simulation + "/DeployModels",
            request(server, simulation).encode());
      }
      for (String simulation : SIMULATIONS) {
        assertThat(
                observer.await(TOLD_WITHIN, n -> n.topic().endsWith(simulation + "/ModelsReady")))
            .isTrue();
      }
      settle(server, observer);
      outage.begin(broker);
      Files.createFile(go());
      for (String simulation : SIMULATIONS) {
        TestServer.await(
            "all of " + simulation + " have ended",
            () ->
                server
                    .app()
                    .records()
                    .deployment("dots-so~" + simulation + "~1")
                    .state()
                    .equals("ended"));
      }
      outage.end(broker);
      for (String simulation : SIMULATIONS) {
        assertToldInOrder(observer, simulation);
      }
    }
  }

  /**
   * Until what was told is acknowledged on both sides of the broker: or it would be right to tell
   * it again. Acknowledgements leave before what is published next.
   */
  private static void settle(TestServer server, Observer observer) throws Exception {
    observer.publish("/settle/1", new byte[0]);
    observer.publish("/settle/2", new byte[0]);
    while (server.metric("tutti_lanes_busy") > 0) {
      Thread.onSpinWait();
    }
  }

  private void assertToldInOrder(Observer observer, String simulation) throws Exception {
    String prefix = "/lifecycle/mso/dots-so/" + simulation + "/";
    String all = prefix + "AllModelsHaveTerminated";
    assertThat(observer.await(TOLD_WITHIN, n -> n.topic().equals(all))).isTrue();
    Map<String, String> expected = new LinkedHashMap<>();
    for (int i = 0; i < MODELS; i++) {
      expected.put(prefix + "m" + i + "/ModelHasTerminated", i % 2 == 0 ? "" : "08011002");
    }
    List<Observer.Notice> told = observer.of(simulation);
    assertThat(told.getFirst().topic()).isEqualTo(prefix + "ModelsReady");
    assertThat(told.getLast().topic()).isEqualTo(all);
    assertThat(told).hasSize(MODELS + 2);
    assertThat(told.subList(1, MODELS + 1))
        .allMatch(n -> n.hex().equals(expected.get(n.topic())))
        .doesNotHaveDuplicates();
  }

  private DeployModels request(TestServer server, String simulation) {
    List<ModelConfiguration> models = new ArrayList<>();
    for (int i = 0; i < MODELS; i++) {
      models.add(
          Models.model(
              server.broker(),
              simulation,
              "m" + i,
              "GO",
              go().toString(),
              "CODE",
              String.valueOf(i % 2 == 0 ? 0 : 2)));
    }
    return new DeployModels("outage", models, 0);
  }

  private Path go() {
    return folder.resolve("go");
  }
}
