package dev.tutti.simulations;

import dev.tutti.core.Sha256;
import java.util.Locale;

/**
 * How simulations and models are called (spec DOTS 3.3, R-S2): as by the original wherever that
 * works, and within the rules for names of pods where the original's names would be refused.
 */
final class SimulationNames {

  /** What a pod may be called, which is {@code so-<simulation>-<model>}. */
  static final int LONGEST_POD_NAME = 63;

  static final String SIMULATOR_ID = "SO";

  private static final int STEM_LENGTH = 20;
  private static final int RANDOM_DIGITS = 8;
  private static final int HASH_DIGITS = 6;

  private SimulationNames() {}

  /** The readable part of a simulation's id. */
  static String stem(String name) {
    StringBuilder stem = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .limit(STEM_LENGTH)
        .forEach(c -> stem.append(plain(c) ? (char) c : '-'));
    while (!stem.isEmpty() && stem.charAt(0) == '-') {
      stem.deleteCharAt(0);
    }
    return stem.isEmpty() ? "simulation" : stem.toString();
  }

  /**
   * The id of a model. A service with a long name loses the end of it to six digits that tell it
   * apart from others; its models remain within the length of a pod's name.
   *
   * @param number counted from 1 within the service
   */
  static String modelId(String idStem, String service, int number) {
    String readable = service.replaceAll("[^A-Za-z0-9-]", "-");
    String ending = "-" + number;
    int room =
        LONGEST_POD_NAME
            - SIMULATOR_ID.length()
            - idStem.length()
            - RANDOM_DIGITS
            - "---".length()
            - ending.length();
    if (readable.length() <= room) {
      return readable + ending;
    }
    String hash = hash(service);
    return readable.substring(0, room - hash.length() - 1) + "-" + hash + ending;
  }

  /** What the MSO calls the pod of a model, with x for the digits that are not known yet. */
  static String podName(String idStem, String modelId) {
    String simulation = idStem + "-" + "x".repeat(RANDOM_DIGITS);
    return "%s-%s-%s".formatted(SIMULATOR_ID, simulation, modelId).toLowerCase(Locale.ROOT);
  }

  private static boolean plain(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  }

  private static String hash(String text) {
    return Sha256.hex(text).substring(0, HASH_DIGITS);
  }
}
