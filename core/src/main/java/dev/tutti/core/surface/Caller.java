package dev.tutti.core.surface;

/**
 * Who calls, once that is known.
 *
 * @param name of the user, or {@code token:NAME} for a token that is no user's
 * @param role the most that the caller may do
 */
public record Caller(String name, Role role) {

  /** Nobody in particular, where everybody may come in. */
  public static Caller anyone(Role role) {
    return new Caller("anyone", role);
  }
}
