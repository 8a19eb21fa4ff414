package dev.tutti.simulations;

import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import java.time.Instant;
import java.util.List;

/**
 * Simulations that one request made, which differ by their parameters alone.
 *
 * @param parameters their names, in the order in which the request has them
 */
public record Sweep(
    String id, String name, Instant created, List<String> parameters, List<Member> members) {

  /** Belongs to the queue, which takes in all simulations of a sweep at once. */
  public static final DocumentKind<Sweep> KIND =
      DocumentKind.of(
          "simulation-sweep", Sweep.class, sweep -> new Attributes("", sweep.name(), ""));

  public Sweep {
    parameters = List.copyOf(parameters);
    members = List.copyOf(members);
  }

  /**
   * A simulation of a sweep.
   *
   * @param values of the parameters; empty where it is as in the base
   */
  public record Member(String simulation, List<String> values) {
    public Member {
      values = List.copyOf(values);
    }
  }
}
