package dev.tutti.models;

/**
 * How many models of a deployment are in each state, so that its document need not grow with them.
 *
 * @param total how many there will be
 * @param accepted how many have a record; models are accepted in slices, in the order of the
 *     message
 */
public record ModelCounts(
    int total, int accepted, int created, int running, int succeeded, int failed) {

  static ModelCounts expecting(int total) {
    return new ModelCounts(total, 0, 0, 0, 0, 0);
  }

  boolean allAccepted() {
    return accepted == total;
  }

  boolean allRunning() {
    return total > 0 && running == total;
  }

  boolean allEnded() {
    return succeeded + failed == total;
  }

  int alive() {
    return total - succeeded - failed;
  }

  /** One more record, in its first state. */
  ModelCounts accept(ModelState first) {
    return new ModelCounts(total, accepted + 1, created, running, succeeded, failed).add(first, 1);
  }

  ModelCounts move(ModelState from, ModelState to) {
    return add(from, -1).add(to, 1);
  }

  private ModelCounts add(ModelState state, int n) {
    return switch (state) {
      case CREATED -> new ModelCounts(total, accepted, created + n, running, succeeded, failed);
      case RUNNING -> new ModelCounts(total, accepted, created, running + n, succeeded, failed);
      case SUCCEEDED -> new ModelCounts(total, accepted, created, running, succeeded + n, failed);
      case FAILED -> new ModelCounts(total, accepted, created, running, succeeded, failed + n);
    };
  }
}
