package dev.tutti.app;

import dev.tutti.app.settings.Setting;
import dev.tutti.app.settings.Wrong;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the settings again while the server runs, takes over what can be, and says what changed and
 * what needs a restart: in the log and as an event.
 */
final class Reload {

  private static final Logger log = LoggerFactory.getLogger(Reload.class);
  private static final OwnerRef OWNER = new OwnerRef("server", "settings");
  private static final List<Setting<?>> TAKEN_OVER =
      List.of(ServerSettings.LOG_LEVEL, ServerSettings.LOG_FORMAT);

  private final Supplier<Settled> reading;
  private final Engine engine;

  /** As they were at the start: what differs from them now and cannot be taken over waits. */
  private final Settled started;

  private Settled last;

  /**
   * Nothing is read yet.
   *
   * @param reading reads the settings from where they were read at the start
   * @param started as they were then
   */
  Reload(Supplier<Settled> reading, Settled started, Engine engine) {
    this.reading = reading;
    this.started = started;
    this.last = started;
    this.engine = engine;
  }

  /** Reads them now. Wrong ones change nothing. */
  synchronized void now() {
    try {
      Settled fresh = reading.get();
      if (fresh.wrong().isEmpty()) {
        take(fresh);
      } else {
        fresh.wrong().forEach(wrong -> log.error("{} {}", wrong.line(), wrong.advice()));
        note(
            "server.reload-refused",
            "Settings were read again and are wrong, so those of before hold: %s."
                .formatted(String.join("; ", fresh.wrong().stream().map(Wrong::line).toList())));
      }
    } catch (RuntimeException unreadable) {
      log.error("Settings could not be read again; those of before hold", unreadable);
    }
  }

  private void take(Settled fresh) {
    List<String> taken = new ArrayList<>();
    List<String> waiting = new ArrayList<>();
    for (Setting<?> setting : ServerSettings.ALL) {
      boolean now = TAKEN_OVER.contains(setting);
      if (differ(now ? last : started, fresh, setting)) {
        (now ? taken : waiting).add(setting.key());
      }
    }
    Logging.set(
        fresh.values().get(ServerSettings.LOG_LEVEL),
        fresh.values().get(ServerSettings.LOG_FORMAT));
    last = fresh;
    String sentence =
        taken.isEmpty() && waiting.isEmpty()
            ? "Settings were read again; nothing has changed."
            : "Settings were read again."
                + part(taken, " holds now", " hold now")
                + part(waiting, " needs a restart", " need a restart");
    log.info("{}", sentence);
    note("server.reloaded", sentence);
  }

  private static boolean differ(Settled one, Settled other, Setting<?> setting) {
    return !one.values().text(setting).equals(other.values().text(setting));
  }

  private static String part(List<String> keys, String one, String many) {
    return keys.isEmpty()
        ? ""
        : " " + String.join(", ", keys) + (keys.size() == 1 ? one : many) + ".";
  }

  private void note(String type, String sentence) {
    engine.commit(
        Transaction.of(
            new Write.AppendJournal(
                new JournalEntry(
                    0, engine.clock().instant(), OWNER, type, OWNER.id(), sentence, Map.of()))));
  }
}
