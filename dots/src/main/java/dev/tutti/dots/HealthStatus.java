package dev.tutti.dots;

/**
 * How a peer says it is. A number that we do not know is read as {@link #UNHEALTHY}: whoever is
 * well says so with 0.
 */
public enum HealthStatus {
  HEALTHY,
  UNHEALTHY
}
