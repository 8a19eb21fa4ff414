package dev.tutti.sdk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A model of a local run, with what it sent and nobody received yet. */
final class LocalModel implements Outlet {
  private final String service;
  private final LocalResults results;
  private final int every;
  private final ModelRun run;
  private final List<Sent> sent = new ArrayList<>();
  private int finished;

  /** Data on their way. */
  @SuppressWarnings("ArrayRecordComponent")
  record Sent(Feed feed, byte[] payload) {}

  LocalModel(Service service, Simulation simulation, Log log, LocalResults results) {
    this.service = service.name();
    this.results = results;
    this.every = simulation.every(service.name());
    this.run = new ModelRun(service, simulation, log, this);
  }

  boolean takesPart(int step) {
    return (step - 1) % every == 0;
  }

  void begin(int step, Instant timeStamp) {
    run.begin(step, timeStamp);
  }

  void receive(Sent message) {
    run.receive(message.feed(), message.payload());
  }

  List<Sent> takeSent() {
    List<Sent> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  boolean hasFinished(int step) {
    return finished == step;
  }

  String describe() {
    return "%s waits for %s".formatted(service, run.awaited());
  }

  @Override
  public void send(int step, Feed feed, byte[] payload) {
    sent.add(new Sent(feed, payload));
  }

  @Override
  public void keep(Step step, EsdlObject object, Results values) {
    results.keep(object, values);
  }

  @Override
  public void finished(int step) {
    finished = step;
  }
}
