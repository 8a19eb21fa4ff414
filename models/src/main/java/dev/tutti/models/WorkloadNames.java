package dev.tutti.models;

import dev.tutti.core.Sha256;
import dev.tutti.core.backplane.WorkloadId;
import java.time.Instant;
import java.util.Locale;

/**
 * Gives a model's workload a name that people recognise and that is never given again: readable
 * parts, then a hash of the model's record and of when it was made.
 */
final class WorkloadNames {

  private static final int READABLE = 40;
  private static final int HASH_DIGITS = 14;

  private WorkloadNames() {}

  static WorkloadId of(SimulationKey key, String model, String modelId, Instant created) {
    String readable = readable(key.simulationId() + "-" + modelId);
    String hash = Sha256.hex(model + "@" + created.toEpochMilli()).substring(0, HASH_DIGITS);
    return new WorkloadId(readable.isEmpty() ? hash : readable + "-" + hash);
  }

  private static String readable(String text) {
    String cut = text.substring(0, Math.min(text.length(), READABLE));
    return cut.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }
}
