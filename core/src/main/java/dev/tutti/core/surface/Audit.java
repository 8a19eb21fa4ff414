package dev.tutti.core.surface;

/** Keeps who changed what, and who was not allowed to. */
@FunctionalInterface
public interface Audit {

  /** Notes a request before its answer leaves. A request is answered even if that fails. */
  void note(Act act);

  /**
   * A request that changes something, or would.
   *
   * @param route as the endpoint declares it, such as {@code /api/v1/images/{reference}}
   * @param object the path that was asked for, without its query
   * @param status of the answer
   */
  record Act(
      Caller caller, String address, Method method, String route, String object, int status) {}

  /** Keeps nothing. */
  static Audit none() {
    return _ -> {};
  }
}
