package dev.tutti.cli;

import dev.tutti.api.ClientFailure;
import dev.tutti.api.EventFollower.Patience;
import dev.tutti.api.Resource;
import dev.tutti.api.SimulationView;
import dev.tutti.api.TuttiClient;
import java.time.Duration;

/**
 * Keeps a board up to date until a simulation has ended. It asks a few times a second: steps are no
 * events, there may be a thousand a second, and a person sees no more of them than this.
 */
final class SimulationWatch {
  private static final Duration BETWEEN = Duration.ofMillis(250);

  private final TuttiClient client;
  private final SimulationBoard board;
  private final Patience patience;

  SimulationWatch(TuttiClient client, SimulationBoard board, Patience patience) {
    this.client = client;
    this.board = board;
    this.patience = patience;
  }

  /** Blocks until the simulation has ended; how it did. */
  SimulationView run(String id) throws InterruptedException {
    SimulationView now = client.get(Resource.SIMULATIONS, id);
    board.update(now);
    while (!SimulationTexts.ended(now)) {
      patience.pause().pause(BETWEEN);
      now = again(id);
      board.update(now);
    }
    return now;
  }

  private SimulationView again(String id) throws InterruptedException {
    Duration waited = Duration.ZERO;
    Duration pause = patience.first();
    while (true) {
      try {
        SimulationView now = client.get(Resource.SIMULATIONS, id);
        board.note("");
        return now;
      } catch (ClientFailure.NotReachable lost) {
        if (waited.compareTo(patience.total()) >= 0) {
          throw lost;
        }
        board.note(lost.getMessage() + "; trying again");
        patience.pause().pause(pause);
        waited = waited.plus(pause);
      }
    }
  }
}
