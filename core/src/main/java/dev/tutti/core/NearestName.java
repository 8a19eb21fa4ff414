package dev.tutti.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody may have meant who wrote a name that does not exist: by the Damerau-Levenshtein
 * distance, in which two neighbours that changed places count as one mistake. Upper and lower case
 * are alike.
 */
public final class NearestName {

  private static final int LONGEST = 64;
  private static final int MOST_MISTAKES = 3;
  private static final int LETTERS_PER_MISTAKE = 4;

  private NearestName() {}

  /** The name that is most like it; empty when none is. */
  public static Optional<String> to(String written, Collection<String> names) {
    String lower = written.toLowerCase(Locale.ROOT);
    // A long wrong name is no misspelling, and measuring it would cost more than it tells.
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    int most = Math.clamp(written.length() / LETTERS_PER_MISTAKE, 1, MOST_MISTAKES);
    return names.stream()
        .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= most)
        .min(
            Comparator.<String>comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** A question to add to a message, such as {@code (did you mean 'name'?)}; may be empty. */
  public static String question(String written, Collection<String> names) {
    return to(written, names).map(" (did you mean '%s'?)"::formatted).orElse("");
  }

  /** How many letters have to be added, removed, replaced or swapped with their neighbour. */
  private static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : step(cost, one, other, i, j);
      }
    }
    return cost[one.length()][other.length()];
  }

  private static int step(int[][] cost, String one, String other, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
