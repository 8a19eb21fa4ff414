package dev.tutti.identity;

import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Space;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.core.surface.Audit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps who changed what in the journal; in the log instead when the store takes little more. */
final class JournalAudit implements Audit {

  private static final Logger log = LoggerFactory.getLogger(JournalAudit.class);
  private static final OwnerRef OWNER = new OwnerRef("audit", "requests");

  private final Engine engine;

  JournalAudit(Engine engine) {
    this.engine = engine;
  }

  @Override
  public void note(Act act) {
    String sentence =
        "%s (%s) from %s: %s %s gave %d."
            .formatted(
                act.caller().name(),
                act.caller().role().word(),
                act.address(),
                act.method(),
                act.object(),
                act.status());
    // What is left then belongs to the ends of workloads.
    if (engine.store().space().level() != Space.Level.ENOUGH) {
      log.warn("Not in the journal: {}", sentence);
      return;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("caller", act.caller().name());
    data.put("role", act.caller().role().word());
    data.put("address", act.address());
    data.put("method", act.method().name());
    data.put("route", act.route());
    data.put("object", act.object());
    data.put("status", act.status());
    try {
      engine.commit(
          Transaction.of(
              new Write.AppendJournal(
                  new JournalEntry(
                      0,
                      engine.clock().instant(),
                      OWNER,
                      "audit.request",
                      act.object(),
                      sentence,
                      data))));
    } catch (Failure notKept) {
      log.warn("Not in the journal ({}): {}", notKept.getMessage(), sentence);
    }
  }
}
