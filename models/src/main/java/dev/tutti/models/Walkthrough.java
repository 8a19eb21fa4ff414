package dev.tutti.models;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happens to models into the log in the words of the original orchestrator's README, on
 * which people's eyes and scripts are trained. It reads the journal, so it says only what is
 * durable.
 */
public final class Walkthrough implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("dev.tutti.models");
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final int LONGEST_LINE = 20_000;

  private final Engine engine;
  private final Thread reader;

  /** Begins with what happens from now on. */
  public Walkthrough(Engine engine) {
    this.engine = engine;
    long from = engine.feed().last();
    this.reader = Thread.ofVirtual().name("walkthrough").start(() -> follow(from));
  }

  private void follow(long from) {
    long last = from;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        List<JournalEntry> entries = engine.feed().after(last, Optional.empty(), WAIT);
        for (JournalEntry entry : entries) {
          last = entry.number();
          tell(entry);
        }
      } catch (InterruptedException closed) {
        return;
      } catch (RuntimeException unreadable) {
        LOG.warn("the journal could not be read for the log", unreadable);
        last = engine.feed().last();
      }
    }
  }

  private void tell(JournalEntry entry) {
    if (!entry.owner().kind().equals(SimulationKey.OWNER_KIND)) {
      return;
    }
    switch (entry.type()) {
      case "model.created" -> LOG.info("Deploying pod {}", pod(entry, '-'));
      case "model.started" ->
          LOG.info(
              "Successfully deployed model {} for simulation {}",
              entry.data().get("model"),
              simulation(entry.owner()));
      case "model.running" -> changed(entry, ModelState.CREATED, ModelState.RUNNING);
      case "model.terminated" -> terminated(entry);
      case "model.crash-log" -> crashLog(entry);
      case "deployment.ended" ->
          LOG.info("Removing simulation {} from cache.", simulation(entry.owner()));
      case "deployment.accepted" -> LOG.debug("{}", entry.message());
      default -> LOG.info("{}", entry.message());
    }
  }

  private static void changed(JournalEntry entry, ModelState from, ModelState to) {
    LOG.debug(
        "Notifying state observers that model {} has changed state from {} to {}",
        name(entry),
        from.original(),
        to.original());
  }

  private void terminated(JournalEntry entry) {
    boolean failed = ModelState.FAILED.word().equals(entry.data().get("state"));
    Object reason = failed ? entry.data().get("reason") : "Success!";
    Object code = entry.data().get("exitCode");
    ModelState state = failed ? ModelState.FAILED : ModelState.SUCCEEDED;
    LOG.info("Model {} now has exit code {} due to: {}.", name(entry), code, reason);
    LOG.info("Model {} has terminated. Marking as {}.", name(entry), state.original());
    if (failed) {
      LOG.info("Model {} exited with code ({}) due to: {}", name(entry), code, reason);
    }
    if (failed && !Integer.valueOf(ExitCodes.REFUSED).equals(code)) {
      LOG.info("Retrieving last log lines for pod {}", pod(entry, '-'));
    }
  }

  private void crashLog(JournalEntry entry) {
    List<String> lines =
        model(entry)
            .flatMap(m -> engine.store().find(Workload.KIND, m.workload()))
            .map(w -> w.body().lastLines())
            .orElse(List.of());
    String text = String.join("\n", lines);
    LOG.warn(
        "Pod {} crashed with status {} and the last {} log lines are: \n{}",
        pod(entry, '.'),
        entry.data().get("exitCode"),
        lines.size(),
        text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text);
  }

  private Optional<Model> model(JournalEntry entry) {
    return engine.store().find(Model.KIND, entry.subject()).map(Document::body);
  }

  private String pod(JournalEntry entry, char separator) {
    String simulator =
        model(entry)
            .flatMap(m -> engine.store().find(Deployment.KIND, m.deployment()))
            .map(d -> d.body().simulatorId())
            .orElse("");
    return (simulator
            + separator
            + simulation(entry.owner())
            + separator
            + entry.data().get("model"))
        .toLowerCase(Locale.ROOT);
  }

  private static String name(JournalEntry entry) {
    return simulation(entry.owner()) + "/" + entry.data().get("model");
  }

  private static String simulation(OwnerRef owner) {
    return SimulationKey.of(owner).simulationId();
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
