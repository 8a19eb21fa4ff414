package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.ModelConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Some deployments, what becomes of them, and whether that is what was promised. */
final class SoakRound {

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(90);
  private static final int MOST_DEPLOYMENTS = 3;
  private static final int MOST_MODELS = 20;
  private static final String SIMULATOR = "dots-so";

  /** What may happen to the parts. */
  enum Disturbance {
    KILL_SERVER,
    RESTART_SERVER,
    FREEZE_SERVER,
    KILL_MODELS,
    STOP_BROKER,
    FREEZE_BROKER;

    boolean endsServer() {
      return this == KILL_SERVER || this == RESTART_SERVER;
    }

    boolean ofBroker() {
      return this == STOP_BROKER || this == FREEZE_BROKER;
    }

    /** Whether what was sent may have to be sent again: who stops does not wait for an answer. */
    boolean repeats() {
      return endsServer() || ofBroker();
    }
  }

  /** How a model behaves, and with which code it ends when nothing disturbs it. */
  private enum Kind {
    WELL(0),
    EARLY_CRASH(1),
    LATE_CRASH(2),
    NEVER_READY(124),
    LONG(143);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  private record Asked(String simulation, List<Kind> models, boolean stopped) {

    String model(int index) {
      return "m" + index;
    }
  }

  private final String name;
  private final Random random;
  private final MessageBroker broker;
  private final ServerProcess server;
  private final Observer observer;
  private final SoakReport report;
  private final List<Asked> asked = new ArrayList<>();

  SoakRound(
      String name,
      Random random,
      MessageBroker broker,
      ServerProcess server,
      Observer observer,
      SoakReport report) {
    this.name = name;
    this.random = random;
    this.broker = broker;
    this.server = server;
    this.observer = observer;
    this.report = report;
  }

  /** Returns once every request is acknowledged: by the broker that keeps it, or in the records. */
  void ask() throws Exception {
    for (int i = random.nextInt(MOST_DEPLOYMENTS); i >= 0; i--) {
      List<Kind> models = new ArrayList<>();
      for (int j = random.nextInt(MOST_MODELS); j >= 0; j--) {
        models.add(Kind.values()[random.nextInt(Kind.values().length)]);
      }
      boolean stopped = models.contains(Kind.LONG) || random.nextBoolean();
      asked.add(new Asked(name + "-" + i, models, stopped));
    }
    for (Asked one : asked) {
      observer.publish(
          "/lifecycle/%s/mso/%s/DeployModels".formatted(SIMULATOR, one.simulation()),
          request(one).encode());
      if (broker.embedded()) {
        TestServer.await(
            "the deployment " + one.simulation() + " is known", () -> deployment(one).isPresent());
      }
      report.count("deployments", 1);
      report.count("models", one.models().size());
    }
  }

  private DeployModels request(Asked one) {
    List<ModelConfiguration> models = new ArrayList<>();
    for (int i = 0; i < one.models().size(); i++) {
      String[] variables =
          switch (one.models().get(i)) {
            case WELL -> variables("MODEL_SECONDS", random.nextInt(30) / 10.0);
            case EARLY_CRASH -> variables("EXIT_CODE", 1);
            case LATE_CRASH -> variables("EXIT_CODE", 2);
            case NEVER_READY -> variables("QUIET", 600);
            case LONG -> variables("MODEL_SECONDS", 600);
          };
      models.add(Models.model(broker, one.simulation(), one.model(i), variables));
    }
    return new DeployModels("soak", models, 0);
  }

  private static String[] variables(String name, Object value) {
    return new String[] {name, value.toString()};
  }

  /** Stops what would not end by itself, and waits until all have ended. */
  void finish() throws Exception {
    for (Asked one : asked) {
      if (one.stopped()) {
        observer.publish(
            "/lifecycle/%s/mso/%s/SimulationDone".formatted(SIMULATOR, one.simulation()),
            new byte[0]);
      }
    }
    for (Asked one : asked) {
      TestServer.await(
          ENDS_WITHIN,
          () -> "the end of %s: %s".formatted(one, deployment(one)),
          () ->
              deployment(one)
                  .map(d -> d.get("state").asString().equals("ended"))
                  .orElse(toldAll(one.simulation())));
    }
  }

  private Optional<JsonNode> deployment(Asked one) {
    try {
      return server.find("/api/v1/deployments/%s~%s~1".formatted(SIMULATOR, one.simulation()));
    } catch (java.io.IOException away) {
      throw new java.io.UncheckedIOException(away);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private boolean toldAll(String simulation) {
    return observer.of(simulation).stream()
        .anyMatch(n -> n.last().equals("AllModelsHaveTerminated"));
  }

  void check(List<Disturbance> disturbances) throws Exception {
    // The embedded broker forgets with its process what it has not delivered.
    boolean forgets = broker.embedded() && disturbances.stream().anyMatch(Disturbance::endsServer);
    for (Asked one : asked) {
      if (!forgets) {
        assertThat(observer.await(ENDS_WITHIN, n -> isEndOf(one, n)))
            .as("AllModelsHaveTerminated of %s came, of %s", one, observer.of(one.simulation()))
            .isTrue();
      }
      check(one, disturbances, forgets);
    }
  }

  private static boolean isEndOf(Asked one, Observer.Notice notice) {
    return notice.last().equals("AllModelsHaveTerminated")
        && notice.topic().contains("/" + one.simulation() + "/");
  }

  private void check(Asked one, List<Disturbance> disturbances, boolean forgets) {
    List<Observer.Notice> told = observer.of(one.simulation());
    List<String> topics = told.stream().map(Observer.Notice::topic).toList();
    String prefix = "/lifecycle/mso/%s/%s/".formatted(SIMULATOR, one.simulation());
    String all = prefix + "AllModelsHaveTerminated";
    boolean mayRepeat = disturbances.stream().anyMatch(Disturbance::repeats);
    once(told, all, mayRepeat, forgets);
    for (int i = 0; i < one.models().size(); i++) {
      String topic = prefix + one.model(i) + "/ModelHasTerminated";
      once(told, topic, mayRepeat, forgets);
      if (!forgets) {
        assertThat(topics.indexOf(all))
            .as("%s, then all", topic)
            .isGreaterThan(topics.indexOf(topic));
      }
      if (disturbances.isEmpty() && !one.stopped()) {
        assertThat(told)
            .as("of a model that is %s", one.models().get(i))
            .contains(new Observer.Notice(topic, hex(one.models().get(i).code)));
      }
    }
    // A broker that was stopped delivers again what it has no acknowledgement of.
    boolean redelivers = disturbances.contains(Disturbance.STOP_BROKER);
    long ready = topics.stream().filter(t -> t.endsWith("/ModelsReady")).count();
    assertThat(ready)
        .as("ModelsReady never comes twice: %s", topics)
        .isLessThanOrEqualTo(redelivers ? 2 : 1);
    report.count("ModelsReady redelivered by the broker", Math.max(0, ready - 1));
  }

  private void once(List<Observer.Notice> told, String topic, boolean mayRepeat, boolean mayMiss) {
    List<Observer.Notice> same = told.stream().filter(n -> n.topic().equals(topic)).toList();
    assertThat(same.size())
        .as("how often %s came", topic)
        .isBetween(mayMiss ? 0 : 1, mayRepeat ? 3 : 1);
    assertThat(same.stream().distinct().count())
        .as("one end only: %s", same)
        .isLessThanOrEqualTo(1);
    report.count("notices", same.size());
    report.count("notices repeated", Math.max(0, same.size() - 1));
  }

  private static String hex(int code) {
    dev.tutti.dots.TerminationStatus status =
        code == 0
            ? dev.tutti.dots.TerminationStatus.SUCCESSFULL
            : dev.tutti.dots.TerminationStatus.FAILED;
    return java.util.HexFormat.of()
        .formatHex(new dev.tutti.dots.LifecycleMessage.ModelHasTerminated(status, code).encode());
  }
}
