package dev.tutti.models;

import dev.tutti.core.backplane.WorkloadId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
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
    String hash = sha256(model + "@" + created.toEpochMilli()).substring(0, HASH_DIGITS);
    return new WorkloadId(readable.isEmpty() ? hash : readable + "-" + hash);
  }

  private static String readable(String text) {
    String cut = text.substring(0, Math.min(text.length(), READABLE));
    return cut.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }

  static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
