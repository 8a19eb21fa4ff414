package dev.tutti.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who wrote a name that does not exist. */
public final class NearestName {

  private NearestName() {}

  /** The name that is most like it; empty when none is. */
  public static Optional<String> to(String written, Collection<String> names) {
    String lower = written.toLowerCase(Locale.ROOT);
    // A long wrong name is no misspelling, and measuring it would cost more than it tells.
    if (written.length() > 64) {
      return Optional.empty();
    }
    return names.stream()
        .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= 1 + name.length() / 4)
        .min(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))));
  }

  /** A question to add to a message, such as {@code (did you mean 'name'?)}; may be empty. */
  public static String question(String written, Collection<String> names) {
    return to(written, names).map(" (did you mean '%s'?)"::formatted).orElse("");
  }

  /** The number of letters to insert, delete or replace (Levenshtein). */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
