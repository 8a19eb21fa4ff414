package dev.tutti.sdk;

import dev.tutti.dots.Decoded;
import dev.tutti.dots.DotsMessage;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.MessageType;
import dev.tutti.dots.Subscriptions;
import dev.tutti.dots.Topic;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/**
 * The life of a model in a simulation: connect and subscribe, say that it is ready (T2), take
 * parameters (T6, T7), calculate steps (T8, T9) until the simulation is done (T11) or something
 * fails (T10). Everything happens on one thread, in the order in which it came. So an announcement
 * of where the model is comes after what it says was sent.
 */
final class LifeCycle {
  private static final int DONE = 0;
  private static final int FAILED = 1;

  private final Service service;
  private final Environment environment;
  private final ModelLog log;
  private final ResultSink results;
  private final Broker broker;

  /**
   * Unbounded, but never long: in a step each origin sends one message per name, and the next step
   * begins after ours has ended.
   */
  private final BlockingQueue<Broker.Event> inbox = new LinkedBlockingQueue<>();

  private final List<String> filters = new ArrayList<>();
  private String parameters = "";
  private final Repetition repetition = new Repetition();
  private Optional<ModelRun> run = Optional.empty();
  private boolean wasConnected;

  private LifeCycle(Service service, Environment environment, PrintStream out, Clock clock) {
    this.service = service;
    this.environment = environment;
    this.log = new ModelLog(environment.logLevel(), out, clock);
    this.results = ResultSink.of(environment, service, log);
    this.filters.addAll(Subscriptions.model(environment.simulationId(), environment.modelId()));
    this.filters.addAll(Subscriptions.announcing(environment.simulationId()));
    this.broker = new Broker(environment, Broker.Patience.USUAL, inbox::add);
  }

  /** Lives it to its end, and returns the exit code. */
  static int run(Service service, Map<String, String> variables, PrintStream out, Clock clock) {
    Environment environment;
    try {
      environment = Environment.of(variables);
    } catch (IllegalArgumentException incomplete) {
      out.println(incomplete.getMessage());
      return FAILED;
    }
    return new LifeCycle(service, environment, out, clock).live();
  }

  private int live() {
    try (broker) {
      try {
        return untilDone();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return FAILED;
      } catch (RuntimeException | Error failure) {
        fail(failure);
        return FAILED;
      }
    }
  }

  private int untilDone() throws InterruptedException {
    while (true) {
      switch (inbox.take()) {
        case Broker.Event.Connected _ -> connected();
        case Broker.Event.GivenUp(String reason) -> {
          log.error(reason);
          results.close();
          return FAILED;
        }
        case Broker.Event.Arrived arrived -> {
          if (isLast(arrived)) {
            results.close();
            log.info("The simulation is done.");
            return DONE;
          }
        }
      }
    }
  }

  /**
   * Nothing may be sent to a model before it listens, so that comes first; after an outage too.
   * Then comes what an original MSO knows, and then our addition to it.
   */
  private void connected() throws InterruptedException {
    broker.subscribe(filters);
    broker.resume();
    log.tell(this::tell);
    publish(
        new Topic.ReadyForProcessing(environment.simulationId(), environment.modelId()),
        new LifecycleMessage.ReadyForProcessing());
    announce();
    log.info("%s %s is ready.".formatted(service.name(), service.version()));
    if (wasConnected) {
      repetition.connectionWasLost(run.map(ModelRun::lastInDoubt).orElse(1));
      repeat();
    }
    wasConnected = true;
  }

  private void announce() {
    broker.publish(
        new Topic.Announcement(environment.simulationId(), environment.modelId()).text(),
        Whereabouts.of(run).json());
  }

  /** A receiver may come back later than we do, so this is done again whenever we are asked. */
  private void repeat() {
    repetition.inDoubt((step, feed, payload) ->
        broker.publish(
            new Topic.RepeatedData(
                    environment.simulationId(),
                    feed.service(),
                    feed.origin(),
                    feed.dataName(),
                    step)
                .text(),
            payload));
  }

  /** Deals with a message; true when it was the one that ends the simulation. */
  private boolean isLast(Broker.Event.Arrived arrived) throws InterruptedException {
    switch (Topic.parse(arrived.topic())) {
      case Topic.ModelParameters _ ->
          parameterize(decoded(MessageType.MODEL_PARAMETERS, arrived).json());
      case Topic.NewStep _ -> {
        Parameters.Asked asked = Parameters.step(decoded(MessageType.NEW_STEP, arrived).json());
        ModelRun model =
            run.orElseThrow(() ->
                new IllegalStateException("a step is asked for before there were parameters"));
        switch (model.begin(asked.number(), asked.timeStamp())) {
          case BEGUN -> {}
          case KNOWN -> announce();
          // An announcement would be answered with the same step again, without end.
          case TOO_EARLY -> {}
        }
      }
      case Topic.WhereAreYou _ -> {
        announce();
        repeat();
      }
      case Topic.SimulationDoneToModel _ -> {
        return true;
      }
      case Topic.Data data ->
          run.ifPresent(model ->
              model.receive(
                  new Feed(data.service(), data.esdlId(), data.dataName()), arrived.payload()));
      case Topic.RepeatedData data ->
          run.ifPresent(model ->
              model.receiveRepeated(
                  data.step(),
                  new Feed(data.service(), data.esdlId(), data.dataName()),
                  arrived.payload()));
      default -> log.debug("Nobody here knows the topic %s.".formatted(arrived.topic()));
    }
    return false;
  }

  /**
   * Takes the parameters. An orchestrator that was restarted sends them again to see who is there:
   * the same ones change nothing, so that data that came early are not lost. After the first step
   * they are ignored, so that steps are not lost.
   */
  private void parameterize(String json) throws InterruptedException {
    if (run.filter(model -> model.started() > 0).isPresent()) {
      log.info("Parameters come after the first step and are ignored.");
      announce();
      return;
    }
    if (!json.equals(parameters) || run.isEmpty()) {
      Simulation simulation =
          Parameters.simulation(environment.simulationId(), environment.modelId(), json);
      ModelRun model = new ModelRun(service, simulation, log, new BrokerOutlet());
      List<String> data = model.feeds().stream().flatMap(this::subscriptions).toList();
      broker.subscribe(data);
      filters.addAll(data);
      run = Optional.of(model);
      parameters = json;
      log.info(
          "%d steps of %s for %d objects, with data of %d others."
              .formatted(
                  simulation.steps(),
                  simulation.stepLength(),
                  simulation.objects().size(),
                  model.feeds().size()));
    }
    publish(
        new Topic.Parameterized(environment.simulationId(), environment.modelId()),
        new LifecycleMessage.Parameterized());
  }

  private void fail(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    log.error(trace.toString());
    publish(
        new Topic.ErrorOccurred(environment.simulationId(), environment.modelId()),
        new LifecycleMessage.ErrorOccurred(trace.toString()));
    results.close();
  }

  private Topic topic(Feed feed) {
    return new Topic.Data(
        feed.service(), environment.simulationId(), feed.origin(), feed.dataName());
  }

  private Stream<String> subscriptions(Feed feed) {
    return Subscriptions.data(
        environment.simulationId(), feed.service(), feed.origin(), feed.dataName())
        .stream();
  }

  private void publish(Topic topic, LifecycleMessage message) {
    broker.publish(topic.text(), message.encode());
  }

  private void tell(String line) {
    broker.publish(
        new Topic.Log(environment.simulationId(), environment.modelId()).text(),
        line.getBytes(StandardCharsets.UTF_8));
  }

  private static <T extends DotsMessage> T decoded(
      MessageType<T> type, Broker.Event.Arrived arrived) {
    return switch (type.decode(arrived.payload())) {
      case Decoded.Message<T>(T message) -> message;
      case Decoded.Malformed<T>(String reason) -> throw new IllegalArgumentException(reason);
    };
  }

  /** Where the steps of this model lead. */
  private final class BrokerOutlet implements Outlet {
    @Override
    public void send(int step, Feed feed, byte[] payload) {
      repetition.sent(step, feed, payload);
      broker.publish(topic(feed).text(), payload);
    }

    @Override
    public void keep(Step step, EsdlObject object, Results values) {
      results.keep(step, object, values);
    }

    @Override
    public void finished(int step) {
      broker.publishOnce(
          new Topic.CalculationsDone(environment.simulationId(), environment.modelId()).text(),
          new LifecycleMessage.CalculationsDone().encode());
    }
  }
}
