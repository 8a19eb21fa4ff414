package dev.tutti.core.surface;

import java.util.Locale;

/** Who may call an endpoint; each role may do what the ones before it may. */
public enum Role {
  ANYONE,
  /** Looks at everything, changes nothing. */
  VIEWER,
  /** Starts and ends what runs. */
  OPERATOR,
  /** Says who may do what, which programs may run, and takes backups. */
  ADMIN;

  /** Whether who has this role may do what another one may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** As the API and the command line write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
