package dev.tutti.core.surface;

/** Who may call an endpoint; each role may do what the ones before it may. */
public enum Role {
  ANYONE,
  VIEWER,
  OPERATOR,
  ADMIN
}
