package dev.tutti.identity;

import dev.tutti.core.Failure;
import dev.tutti.core.NearestName;
import dev.tutti.core.Problem;
import dev.tutti.core.surface.Role;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What people may be called, and what roles are called. */
final class Names {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  static final List<String> ROLES =
      Stream.of(Role.values()).filter(role -> role != Role.ANYONE).map(Role::word).toList();

  private Names() {}

  /** What is wrong with a name; empty when nothing is. */
  static Optional<String> wrongWith(String name) {
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "name: has to be 1 to 63 lower-case letters, digits, '.', '_' and '-', the first a"
                + " letter or digit");
  }

  static Optional<String> wrongWithRole(String word) {
    return ROLES.contains(word)
        ? Optional.empty()
        : Optional.of(
            "role: has to be one of %s%s"
                .formatted(String.join(", ", ROLES), NearestName.question(word, ROLES)));
  }

  static Role role(String word) {
    return Stream.of(Role.values())
        .filter(role -> role.word().equals(word))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Says everything that is wrong at once.
   *
   * @throws Failure.Rejected when anything is
   */
  static void requireNone(String code, List<Optional<String>> wrong) {
    List<String> found = wrong.stream().flatMap(Optional::stream).toList();
    if (!found.isEmpty()) {
      throw new Failure.Rejected(Problem.of(code, 400, String.join("; ", found) + "."));
    }
  }
}
